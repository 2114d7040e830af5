// Saves loading the page anew for every question. Without it, the page's forms do the same.
'use strict';

const talk = document.getElementById('talk');
const ask = document.getElementById('ask');
const question = document.getElementById('question');
const list = document.getElementById('suggestions');
const status = document.getElementById('status');

// What comes from the server is HTML that it has escaped; it is parsed aside, where nothing in it can run.
function fromHTML(html) {
  return new DOMParser().parseFromString(html, 'text/html').querySelector('article');
}

function showAsked(text) {
  const p = document.createElement('p');
  p.className = 'asked';
  const you = document.createElement('span');
  you.className = 'unseen';
  you.textContent = ask.dataset.you + ' ';
  const words = document.createElement('bdi'); // which may run from right to left
  words.textContent = text;
  p.append(you, words);
  talk.append(p);
  return p;
}

function waiting() {
  const p = document.createElement('p');
  p.className = 'waiting';
  p.setAttribute('aria-hidden', 'true'); // the status says it
  p.append(...[1, 2, 3].map(() => document.createElement('i')));
  return p;
}

const patience = 20_000; // milliseconds that an answer may take; the desk itself takes ten seconds at most
let busy = false;

// send posts fields as a form would, and shows the reply under what was asked. The person's focus stays in the field;
// after a choice it goes to the reply, since the button they pressed is left behind.
async function send(fields, text, chosen) {
  if (busy) return;
  busy = true;
  hide();
  const asked = showAsked(text);
  const dots = waiting();
  talk.append(dots);
  status.textContent = ask.dataset.looking;
  asked.scrollIntoView({block: 'start'});
  let reply = null;
  let answered = false; // else what was written stays in the field, to be sent again
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch('/', {
      method: 'POST',
      headers: {'Frontdesk-Fragment': '1'},
      body: new URLSearchParams(fields),
      signal: stop.signal,
    });
    reply = fromHTML(await answer.text());
    answered = answer.ok;
  } catch {
    // offline, a network that stalls, or the desk is being restarted: the reply below says so
  }
  clearTimeout(late);
  if (answered && fields.question && question.value === text) question.value = '';
  if (!reply) {
    reply = document.getElementById('failed').content.querySelector('article').cloneNode(true);
  }
  status.textContent = '';
  dots.replaceWith(reply);
  asked.scrollIntoView({block: 'start'});
  if (chosen) reply.focus({preventScroll: true});
  busy = false;
}

document.addEventListener('submit', (event) => {
  const button = event.submitter;
  event.preventDefault();
  if (button && button.name === 'press') {
    send({press: button.value}, button.textContent, true);
    return;
  }
  const text = question.value;
  if (text.trim()) send({question: text}, text, false);
});

// Suggestions are plain buttons under the field: Tab reaches them, Escape closes them.
let timer = 0;
let latest = null;

function hide() {
  clearTimeout(timer);
  if (latest) latest.abort();
  list.hidden = true;
  list.replaceChildren();
}

async function suggest() {
  if (latest) latest.abort();
  latest = new AbortController();
  try {
    const answer = await fetch('/v1/suggest?q=' + encodeURIComponent(question.value), {signal: latest.signal});
    if (!answer.ok) return;
    const {suggestions} = await answer.json();
    list.replaceChildren(...suggestions.slice(0, 3).map((s) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.dir = 'auto';
      button.textContent = s.title;
      button.addEventListener('click', () => {
        question.value = '';
        send({press: s.press}, s.title, true);
      });
      const item = document.createElement('li');
      item.append(button);
      return item;
    }));
    list.hidden = suggestions.length === 0;
  } catch {
    // overtaken by the next letter, or offline: no suggestions then
  }
}

question.addEventListener('input', () => {
  clearTimeout(timer);
  if (question.value.trim().length < 3) {
    hide();
    return;
  }
  timer = setTimeout(suggest, 200);
});

ask.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  hide();
  question.focus();
});
