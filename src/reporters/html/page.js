// Filters what is on the page already. Makes no element out of text and asks for nothing.

{
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const cards = [...document.querySelectorAll('.check')].map((card) => ({
    card,
    severity: card.dataset.severity,
    items: card.dataset.item.split(' '),
    rows: [...card.querySelectorAll('.finding')].map((row) => ({
      row,
      text: `${card.querySelector('h3').textContent} ${row.textContent}`.toLowerCase(),
      ...row.dataset,
    })),
  }));
  const total = cards.reduce((sum, { rows }) => sum + rows.length, 0);
  const number = (count) => count.toLocaleString('en-US');

  /** Shows what every field of the form lets through. */
  const apply = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = Object.values(wanted).some(Boolean);
    const fits = (field, value) => !wanted[field] || wanted[field] === value;
    let count = 0;
    for (const { card, severity, items, rows } of cards) {
      const open = fits('severity', severity) && (!wanted.item || items.includes(wanted.item));
      let inside = 0;
      for (const one of rows) {
        const fit =
          open &&
          ['verdict', 'registry', 'owner', 'suppression'].every((field) =>
            fits(field, one[field]),
          ) &&
          words.every((word) => one.text.includes(word));
        one.row.hidden = !fit;
        if (fit) inside += 1;
      }
      card.hidden = inside === 0;
      // A search that finds something behind a fold would seem to find nothing.
      const list = card.querySelector('.list');
      if (list) list.open = narrowed;
      count += inside;
    }
    shown.textContent = `Findings shown: ${number(count)} of ${number(total)}`;
  };

  const fields = form ? [...form.elements].filter(({ name }) => name) : [];

  /** Writes the view into the address: a link to it shows the same findings. */
  const remember = () => {
    const view = new URLSearchParams();
    for (const { name, value } of fields) if (value) view.set(name, value);
    const hash = view.size === 0 ? '' : `#${view}`;
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname);
  };

  const fill = (view) => {
    for (const field of fields) field.value = view.get(field.name) ?? '';
    apply();
  };

  if (form) {
    form.hidden = false;
    const changed = () => {
      apply();
      remember();
    };
    form.addEventListener('input', changed);
    form.addEventListener('submit', (event) => event.preventDefault());
    // The fields are cleared after the event.
    form.addEventListener('reset', () => setTimeout(changed));
    document.addEventListener('click', (event) => {
      const link = event.target.closest('[data-set]');
      if (!link) return;
      event.preventDefault();
      fill(new URLSearchParams(link.dataset.set));
      remember();
      document.getElementById('findings').focus();
    });
    const unfold = document.getElementById('unfold');
    unfold.addEventListener('click', () => {
      const open = unfold.getAttribute('aria-pressed') === 'false';
      unfold.setAttribute('aria-pressed', String(open));
      for (const details of document.querySelectorAll('.finding > details')) details.open = open;
    });
    apply();
  }

  /** A link to a view fills the filter, a link to a finding opens it. */
  const follow = () => {
    const hash = location.hash.slice(1);
    if (form && hash.includes('=')) {
      fill(new URLSearchParams(hash));
      document.getElementById('findings').scrollIntoView();
      return;
    }
    const target = document.getElementById(hash);
    // A hidden finding would be a link to nothing.
    if (form && target?.closest('.check, .finding')?.closest('[hidden]')) form.reset();
    const list = target?.closest('.list');
    if (list) list.open = true;
    const details = target?.matches('.finding') && target.querySelector(':scope > details');
    if (details) details.open = true;
    if (list) target.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  follow();
}
