// What a browser adds to planning: a meeting in the calendar can be dragged to another day. The day
// is written into its row of the form, which asks at once what rule that touches (by htmx), and a
// day that is typed moves the meeting in the calendar. Without this script the form does it all.
(() => {
  "use strict";

  const calendar = document.querySelector("[data-plan]");
  if (!calendar) return;
  const field = (mark) => document.getElementById(`id_rad-${mark.dataset.meeting}-on`);
  const marks = [...calendar.querySelectorAll("[data-meeting]")].filter(field);
  const cell = (day) => calendar.querySelector(`[data-day="${CSS.escape(day)}"]`);
  const hint = document.createElement("p");
  const said = document.createElement("div");
  hint.textContent = calendar.dataset.hint;
  calendar.before(hint);
  calendar.after(said);

  const show = (mark) => {
    const there = cell(field(mark).value);
    if (there && there !== mark.parentElement) there.append(mark);
  };

  const under = (event) =>
    document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-day]") || null;

  marks.forEach((mark) => {
    let target = null;
    mark.classList.add("regai-drag");

    const aim = (there) => {
      target?.classList.remove("regai-drop");
      target = there && calendar.contains(there) ? there : null;
      target?.classList.add("regai-drop");
    };
    const drop = () => {
      mark.classList.remove("regai-drag--held");
      aim(null);
    };

    mark.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      mark.setPointerCapture(event.pointerId);
      mark.classList.add("regai-drag--held");
    });
    mark.addEventListener("pointermove", (event) => {
      if (mark.hasPointerCapture(event.pointerId)) aim(under(event));
    });
    mark.addEventListener("pointerup", () => {
      const day = target?.dataset.day;
      drop();
      if (!day || day === field(mark).value) return;
      field(mark).value = day;
      show(mark);
      field(mark).dispatchEvent(new Event("change", { bubbles: true }));
    });
    mark.addEventListener("pointercancel", drop);
    field(mark).addEventListener("change", () => show(mark));
  });

  // The answer of the check stands below the form, which reads it out; here for who drags.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "checked") said.innerHTML = event.target.innerHTML;
  });
})();
