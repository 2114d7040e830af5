// Shows a draft while it is being written, and warns before it is lost. Without this script the button "Preview" does
// the same.
'use strict';

const editor = document.getElementById('editor');
const preview = document.getElementById('preview');

let timer = 0;
let latest = null;
let changed = !!editor && 'typed' in editor.dataset; // what was tried is saved nowhere

// What comes from the server is HTML that it has escaped; it is parsed aside, where nothing in it can run.
async function refresh() {
  if (latest) latest.abort();
  latest = new AbortController();
  try {
    const answer = await fetch('/preview', {
      method: 'POST',
      body: new URLSearchParams(new FormData(editor)),
      signal: latest.signal,
    });
    if (!answer.ok) return;
    const open = [...preview.querySelectorAll('details[open] > summary')].map((s) => s.textContent);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const summary of page.querySelectorAll('summary')) {
      summary.parentElement.open = open.includes(summary.textContent);
    }
    preview.replaceChildren(...page.body.childNodes);
  } catch {
    // overtaken by the next letter, or offline: what was shown stays
  }
}

// Advice leads to the row of a field that it is about, which is selected there.
function goTo(link) {
  const field = document.getElementById(link.hash.slice(1));
  if (!field || !('value' in field)) return false;
  const rows = field.value.split('\n');
  const row = Math.min(Number(link.dataset.row), rows.length - 1);
  const from = rows.slice(0, row).reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(from, from + rows[row].length);
  return true;
}

for (const link of document.querySelectorAll('a[data-row]')) {
  link.addEventListener('click', (event) => { if (goTo(link)) event.preventDefault(); });
}

const asked = document.querySelector(`#line-${Number(new URLSearchParams(location.search).get('line'))} a[data-row]`);
if (asked) goTo(asked);

if (editor && preview) {
  editor.addEventListener('input', () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(refresh, 300);
  });
  editor.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
}
