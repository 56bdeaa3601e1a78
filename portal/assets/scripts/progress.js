// Keeps a progress bar up to date. The address answers {"done", "total", "text", "finished"};
// when the work has finished the page is loaded again and says how it went.
const PAUSE = 2000;

export function enhanceProgress(block) {
  const bar = block.querySelector("progress");
  const words = block.querySelector("[data-progress-text]");

  async function ask() {
    try {
      const answer = await fetch(block.dataset.progressUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      if (state.finished) return window.location.reload();
      bar.max = state.total || 1;
      bar.value = state.done;
      words.textContent = state.text;
    } catch {
      // The network is away for a moment: the next round asks again.
    }
    setTimeout(ask, PAUSE);
  }
  setTimeout(ask, PAUSE);
}
