"""The dialects of chatbots. One file is one dialect; `service.tools.dialect` says what it declares."""
