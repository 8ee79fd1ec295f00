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
    const fits = (field, value) => !wanted[field] || wanted[field] === value;
    let count = 0;
    for (const { card, severity, items, rows } of cards) {
      const open = fits('severity', severity) && (!wanted.item || items.includes(wanted.item));
      let inside = 0;
      for (const one of rows) {
        const fit =
          open &&
          ['verdict', 'registry', 'suppression'].every((field) => fits(field, one[field])) &&
          words.every((word) => one.text.includes(word));
        one.row.hidden = !fit;
        if (fit) inside += 1;
      }
      card.hidden = inside === 0;
      count += inside;
    }
    shown.textContent = `Findings shown: ${number(count)} of ${number(total)}`;
  };

  if (form) {
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    // The fields are cleared after the event.
    form.addEventListener('reset', () => setTimeout(apply));
    document.addEventListener('click', (event) => {
      const link = event.target.closest('[data-set]');
      if (!link) return;
      const [field, value] = link.dataset.set.split('=');
      form.reset();
      form.elements.namedItem(field).value = value;
      apply();
    });
    const unfold = document.getElementById('unfold');
    unfold.addEventListener('click', () => {
      const open = unfold.getAttribute('aria-pressed') === 'false';
      unfold.setAttribute('aria-pressed', String(open));
      for (const details of document.querySelectorAll('.finding > details')) details.open = open;
    });
    apply();
  }

  /** A link to a finding opens it. */
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target?.querySelector(':scope > details');
    if (details) details.open = true;
  };
  addEventListener('hashchange', follow);
  follow();

  // Paper has nothing to click on.
  const opened = new Set();
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      opened.add(details);
    }
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened.clear();
  });
}
