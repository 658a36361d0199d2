// Marks of attendance are sent one by one as they are tapped. What has not arrived waits here and is
// tried again; the same mark twice is the same result. Without this script the button saves the list.
(() => {
  const form = document.querySelector("form[data-taps]");
  if (!form) return;
  const words = form.dataset;
  const summary = form.querySelector("[data-taps-said]");
  const waiting = new Map();
  const FIRST_PAUSE = 1000;
  const LONGEST_PAUSE = 30000;
  let pause = FIRST_PAUSE;
  let sending = false;
  let wake = () => {};

  const row = (name) => form.querySelector(`[name="${name}"]`).closest("[data-tap]");
  const say = (name, text) => {
    row(name).querySelector("[data-tap-said]").textContent = text;
  };
  const sum = (text) => {
    summary.textContent = text;
  };
  const rest = () => new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  });

  const send = async (name, mark) => {
    const shown = form.elements[`w${name.slice(1)}`];
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      [name]: mark,
      [shown.name]: shown.value,
    });
    const answer = await fetch(words.taps, { method: "POST", body, redirect: "manual" });
    if (answer.status === 204) {
      shown.value = mark;
      say(name, words.saved);
    } else if (answer.status === 409) {
      say(name, await answer.text());
    } else {
      if (answer.type === "opaqueredirect" || answer.status === 403) sum(words.logIn);
      throw new Error("not taken");
    }
    if (waiting.get(name) === mark) waiting.delete(name);
    pause = FIRST_PAUSE;
  };

  const sendAll = async () => {
    if (sending) return;
    sending = true;
    while (waiting.size) {
      const [name, mark] = waiting.entries().next().value;
      try {
        await send(name, mark);
      } catch {
        waiting.forEach((_, each) => say(each, words.waiting));
        if (summary.textContent !== words.logIn) sum(`${words.someWait} ${waiting.size}`);
        await rest();
      }
    }
    sending = false;
    sum(words.allSaved);
  };

  form.addEventListener("change", (event) => {
    if (!/^m\d+$/.test(event.target.name)) return;
    waiting.set(event.target.name, event.target.value);
    say(event.target.name, "…");
    sendAll();
  });
  addEventListener("online", () => wake());
  addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  form.addEventListener("submit", () => waiting.clear());
})();
