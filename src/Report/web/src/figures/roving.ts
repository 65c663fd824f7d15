/** Makes the elements one tab stop, between which the arrow keys move; Enter and a click choose. */
export function roving(elements: readonly SVGElement[], choose: (index: number) => void): void {
  elements.forEach((element, index) => {
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", index === 0 ? "0" : "-1");
    element.addEventListener("click", () => choose(index));
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(index);
      }
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? elements.length - 1
        : step === undefined ? undefined : (index + step + elements.length) % elements.length;
      const next = to === undefined ? undefined : elements[to];
      if (!next) return;
      event.preventDefault();
      element.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  });
}
