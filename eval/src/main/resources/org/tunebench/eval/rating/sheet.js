(() => {
  'use strict';
  const SHOWN = 20000;
  const sheet = JSON.parse(document.getElementById('sheet').textContent);
  const items = [
    ...sheet.ratings.map(row => ({...row, pair: false})),
    ...sheet.pairs.map(row => ({...row, pair: true}))];
  const places = new Map(items.map((item, place) => [item.id, place]));
  const draftKey = 'tunebench-sheet-' + sheet.set + '-' + sheet.rater;
  const part = id => document.getElementById(id);
  let answers = {};
  let at = 0;
  let question = 0;
  let unsaved = false;
  let draftKept = true;

  // The questions of an item: name, heading, explanation, and the values with their words.
  const ratingQuestions = sheet.dimensions.map(d => ({
    name: d.id, title: d.title, text: d.question,
    options: [1, 2, 3, 4, 5].map(v => ({value: String(v), text: String(v)})),
  }));
  const pairQuestions = [{
    name: 'preference', title: 'Preference', text: 'Which is better on the whole?',
    options: sheet.choices.map((c, i) => ({value: c.value, text: (i + 1) + ' · ' + c.text})),
  }];
  const questionsOf = item => item.pair ? pairQuestions : ratingQuestions;
  const answerOf = item => answers[item.id] || {};
  const isRated = item => questionsOf(item).every(q => answerOf(item)[q.name] !== undefined);

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function drawQuestions(item) {
    const all = questionsOf(item).map(q => {
      const field = element('fieldset');
      field.append(element('legend', '', q.title), element('p', 'question', q.text));
      const options = element('div', item.pair ? 'options choices' : 'options');
      for (const option of q.options) {
        const label = element('label');
        const input = element('input');
        input.type = 'radio';
        input.name = q.name;
        input.value = option.value;
        input.checked = answerOf(item)[q.name] === option.value;
        input.addEventListener('change', () => answer(q.name, option.value));
        label.append(input, element('span', '', option.text));
        options.append(label);
      }
      field.append(options);
      field.addEventListener('focusin', () => { question = all.indexOf(field); });
      return field;
    });
    part('questions').replaceChildren(...all);
  }

  // A long text is shown in part first: the browser would lay out a megabyte for nothing.
  function setText(id, text) {
    const more = part(id + '-more');
    part(id).textContent = text.length > SHOWN ? text.slice(0, SHOWN) + '…' : text;
    if (!more) return;
    more.hidden = text.length <= SHOWN;
    more.textContent = 'Show all ' + text.length.toLocaleString('en') + ' characters';
    more.onclick = () => { part(id).textContent = text; more.hidden = true; };
  }

  function show(place, focus) {
    at = Math.max(0, Math.min(items.length - 1, place));
    question = 0;
    const item = items[at];
    document.body.className = item.pair ? 'pair' : 'single';
    part('place').textContent = 'Item ' + (at + 1) + ' of ' + items.length + (sheet.pairs.length
      ? item.pair ? ' · part 2: compare' : ' · part 1: rate' : '');
    part('prompt').textContent = item.prompt;
    part('response-title').textContent = item.pair ? 'Response A' : 'Response';
    setText('response', item.pair ? item.first : item.response);
    part('other-article').hidden = !item.pair;
    setText('other', item.pair ? item.second : '');
    drawQuestions(item);
    part('scale').hidden = item.pair;
    part('comment').value = answerOf(item).comment || '';
    part('previous').disabled = at === 0;
    part('next').disabled = at === items.length - 1;
    count();
    if (focus) {
      window.scrollTo(0, 0);
      focusQuestion(0);
    }
  }

  function count() {
    const rated = items.filter(isRated).length;
    part('progress').max = items.length;
    part('progress').value = rated;
    part('done').textContent = rated + ' of ' + items.length + ' rated';
    part('unrated').disabled = rated === items.length;
    if (rated === items.length && unsaved) say('All rated. Save the file and send it back.', true);
  }

  function say(text, complete) {
    part('status').textContent = text;
    part('status').className = complete ? 'complete' : '';
  }

  function answer(name, value) {
    const item = items[at];
    const own = {...answerOf(item)};
    if (value === '') delete own[name]; else own[name] = value;
    answers[item.id] = own;
    unsaved = true;
    keepDraft();
    count();
  }

  function keepDraft() {
    try {
      localStorage.setItem(draftKey, JSON.stringify({at, answers}));
      draftKept = true;
      say('Draft kept in this browser. Save the file when you are done.');
    } catch (refused) {
      draftKept = false;
      say('This browser keeps no draft: save the file before you close the page.');
    }
  }

  // Only what belongs to this sheet is taken, and only values that it has.
  function take(found) {
    const taken = {};
    for (const [id, given] of Object.entries(found)) {
      if (!places.has(id) || typeof given !== 'object' || given === null) continue;
      const own = {};
      for (const q of questionsOf(items[places.get(id)])) {
        const value = String(given[q.name] ?? '');
        if (q.options.some(o => o.value === value)) own[q.name] = value;
      }
      if (typeof given.comment === 'string' && given.comment) own.comment = given.comment;
      if (Object.keys(own).length) taken[id] = own;
    }
    return taken;
  }

  function readDraft() {
    try {
      const draft = JSON.parse(localStorage.getItem(draftKey) || 'null');
      if (draft) {
        answers = take(draft.answers || {});
        unsaved = Object.keys(answers).length > 0;
        at = Number.isInteger(draft.at) ? draft.at : 0;
        if (unsaved) say('Your draft from before is here again.');
      }
    } catch (refused) {
      draftKept = false;
      say('This browser keeps no draft: save the file before you close the page.');
    }
  }

  function saved() {
    const rows = items.filter(item => answers[item.id] && Object.keys(answers[item.id]).length)
      .map(item => ({id: item.id, ...answers[item.id]}));
    return {tunebench_sheet: 1, set: sheet.set, rater: sheet.rater, saved: new Date().toISOString(), rows};
  }

  function save() {
    const file = new Blob([JSON.stringify(saved(), null, 1)], {type: 'application/json'});
    const link = element('a');
    link.href = URL.createObjectURL(file);
    link.download = sheet.rater + '-' + sheet.set + '.json';
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    const rated = items.filter(isRated).length;
    say('Saved ' + link.download + ' with ' + rated + ' of ' + items.length + ' items rated. Send this file back.',
      rated === items.length);
  }

  async function load(file) {
    try {
      const found = JSON.parse(await file.text());
      if (found.set !== sheet.set || found.rater !== sheet.rater || !Array.isArray(found.rows)) {
        say('This file is not of this sheet: it is of ' + String(found.rater).slice(0, 40) + ', set '
          + String(found.set).slice(0, 40) + '.');
        return;
      }
      answers = {...answers, ...take(Object.fromEntries(found.rows.map(row => [row.id, row])))};
      unsaved = true;
      keepDraft();
      show(Math.max(0, items.findIndex(item => !isRated(item))), true);
      say('Taken from ' + file.name + '.');
    } catch (malformed) {
      say('This file cannot be read. Choose one that this page has saved.');
    }
  }

  function fields() {
    return [...part('questions').querySelectorAll('fieldset')];
  }

  function focusQuestion(place) {
    const field = fields()[place];
    if (field) (field.querySelector('input:checked') || field.querySelector('input')).focus({preventScroll: true});
    if (field && place > 0) field.scrollIntoView({block: 'nearest'});
  }

  function rate(number) {
    const field = fields()[question];
    const input = field && field.querySelectorAll('input')[number - 1];
    if (!input) return;
    input.checked = true;
    answer(input.name, input.value);
    if (question + 1 < fields().length) focusQuestion(question + 1); else part('next').focus();
  }

  function nextUnrated() {
    for (let step = 1; step <= items.length; step++) {
      const place = (at + step) % items.length;
      if (!isRated(items[place])) return show(place, true);
    }
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'TEXTAREA') return;
    const inText = event.target.classList && event.target.classList.contains('text');
    const keys = {
      n: () => show(at + 1, true), p: () => show(at - 1, true), u: nextUnrated, s: save,
      ArrowDown: () => focusQuestion(Math.min(question + 1, fields().length - 1)),
      ArrowUp: () => focusQuestion(Math.max(question - 1, 0)),
    };
    if (event.key >= '1' && event.key <= '5' && event.key.length === 1) {
      rate(Number(event.key));
    } else if (keys[event.key] && !(inText && event.key.startsWith('Arrow'))
        && !(event.key.startsWith('Arrow') && items[at].pair)) {
      keys[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  });

  part('next').addEventListener('click', () => show(at + 1, true));
  part('previous').addEventListener('click', () => show(at - 1, true));
  part('unrated').addEventListener('click', nextUnrated);
  part('save').addEventListener('click', save);
  part('load').addEventListener('click', () => part('file').click());
  part('file').addEventListener('change', event => {
    if (event.target.files.length) load(event.target.files[0]);
    event.target.value = '';
  });
  part('comment').addEventListener('input', event => answer('comment', event.target.value));
  part('form').addEventListener('submit', event => event.preventDefault());
  window.addEventListener('beforeunload', event => {
    if (unsaved && !draftKept) event.preventDefault();
  });

  for (const line of ['Rate every dimension on its own, from 1 (worst) to 5 (best); leave out what you cannot judge.',
    'Some items may come twice: rate them as you see them then, without looking back.',
    'Characters that cannot be seen are written out, as [U+202E].',
    'When you are done, save the file and send it back under its own name.']) {
    part('help').append(element('li', '', line));
  }
  readDraft();
  show(at, false);
})();
