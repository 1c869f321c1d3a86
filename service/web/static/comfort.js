// A little comfort; every page works without it: buttons that copy, sources that unfold, and results while typing.
"use strict";

const main = document.querySelector("#main");

for (const block of document.querySelectorAll("pre.copy, pre.snippet")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = main.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = main.dataset.copied;
    setTimeout(() => (button.textContent = main.dataset.copy), 2000);
  });
  const around = document.createElement("div");
  around.className = "copying";
  block.replaceWith(around);
  around.append(button, block);
}

// a source that an answer points at may be folded away
const unfold = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", unfold);
unfold();

const form = document.querySelector("form#search");
if (form) {
  let waiting = 0;
  let asked = 0;
  const refresh = async () => {
    const turn = ++asked;
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    const response = await fetch(address, { headers: { accept: "text/html" } });
    if (!response.ok || turn !== asked) return;
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    document.querySelector("#results").replaceWith(found.querySelector("#results"));
    document.title = found.title;
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 250);
  });
}
