"use strict";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  const chosen = getComputedStyle(document.documentElement).colorScheme;
  const wanted = chosen === "dark" || (chosen !== "light" && dark.matches);
  document.documentElement.classList.toggle("dark-mode", wanted);
};
dark.addEventListener("change", follow);
follow();
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
});
