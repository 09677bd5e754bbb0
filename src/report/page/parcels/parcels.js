"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const buttons = [...document.querySelectorAll(".lang")];
  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.set === lang));
    }
  }
  for (const button of buttons) {
    button.addEventListener("click", () => speak(button.dataset.set));
  }
  document.getElementById("paper").addEventListener("click", () => window.print());
  speak(root.dataset.lang);
})();
