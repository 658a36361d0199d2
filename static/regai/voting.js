// What a browser adds to voting: up and down buttons beside the places, a copied receipt.
// Every page works without it, and nothing is fetched or sent from here.
(() => {
  "use strict";

  const told = document.querySelector("[data-told]");
  const tell = (text) => {
    if (told) told.textContent = text;
  };

  const ranking = document.querySelector("[data-ranking]");
  if (ranking) {
    const cards = [...ranking.querySelectorAll(":scope > li")].map((card) => ({
      title: card.dataset.title,
      place: card.querySelector("select"),
      card,
    }));
    const at = (card) => Number(card.place.value) || 0;
    const announce = (card) => {
      const text = at(card) ? ranking.dataset.moved : ranking.dataset.out;
      tell(
        text
          .replace("TITEL", card.title)
          .replace("NUMMER", at(card))
          .replace("ALLA", cards.length),
      );
    };
    // The places in use, in order: a move goes to the next of them, or to a new last one.
    const move = (card, up) => {
      const used = [...new Set(cards.map(at).filter(Boolean))].sort((a, b) => a - b);
      const here = at(card);
      const alone = cards.filter((other) => at(other) === here).length === 1;
      let to = here;
      if (up && !here) to = Math.min((used.at(-1) || 0) + 1, cards.length);
      else if (up) to = used[used.indexOf(here) - 1] || here;
      else if (here) to = used[used.indexOf(here) + 1] || 0;
      if (alone && here && to) {
        cards.filter((other) => at(other) === to).forEach((other) => {
          other.place.value = String(here);
        });
      }
      card.place.value = to ? String(to) : "";
      announce(card);
    };
    cards.forEach((card) => {
      const group = document.createElement("div");
      group.className = "regai-moves";
      [["up", true], ["down", false]].forEach(([name, up]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "govuk-button govuk-button--secondary";
        button.textContent = ranking.dataset[name];
        const which = document.createElement("span");
        which.className = "govuk-visually-hidden";
        which.textContent = ` ${card.title}`;
        button.append(which);
        button.addEventListener("click", () => move(card, up));
        group.append(button);
      });
      card.card.append(group);
      card.place.addEventListener("change", () => announce(card));
    });
  }

  const copy = document.querySelector("[data-copy]");
  const receipt = document.querySelector("[data-receipt]");
  if (copy && receipt && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(receipt.textContent.trim());
      tell(copy.dataset.done);
    });
  }

  // Kept in this tab only, until it is closed: never in a cookie, never at the server.
  const kept = (vote) => `regai-kvitto-${vote}`;
  if (receipt && receipt.dataset.keep) {
    sessionStorage.setItem(kept(receipt.dataset.keep), receipt.textContent.trim());
  }
  const form = document.querySelector("form[data-vote]");
  const field = form && form.querySelector('input[name="receipt"]:not([type="hidden"])');
  if (field && !field.value) {
    field.value = sessionStorage.getItem(kept(form.dataset.vote)) || "";
  }
})();
