/** What is sold, and for how much. */
export const products = new Map([
  ['Tea', 4],
  ['Honey', 7],
  ['Cup', 12],
]);

/** The shop, with the basket and whose it is. */
export function shopPage({ user, basket, devices }) {
  const shelf = Array.from(
    products,
    ([name, price]) =>
      html`<li>
        ${name}, ${price} €
        <form method="post" action="/basket">
          <button name="product" value="${name}">Add ${name}</button>
        </form>
      </li>`,
  );
  const lines = Object.entries(basket).map(([name, count]) => html`<li>${count} × ${name}</li>`);
  return page(html`
    <h1>Shop</h1>
    <ul>
      ${shelf}
    </ul>
    <h2>Basket</h2>
    <ul aria-label="Basket">
      ${lines}
    </ul>
    ${user === undefined ? loginForm() : account(user, devices)}
  `);
}

/** Asks for the code. */
export function codePage({ email, isWrong = false }) {
  return page(html`
    <h1>Log in</h1>
    ${isWrong ? html`<p role="alert">That code is wrong, or its time is over.</p>` : []}
    <p>
      This example sends no mail: the code is in the terminal, and in the session
      <code>code:${email}</code> in the console.
    </p>
    <form method="post" action="/login">
      <input type="hidden" name="email" value="${email}" />
      <label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" /></label>
      <button>Log in</button>
    </form>
    <p><a href="/">Back to the shop</a></p>
  `);
}

function loginForm() {
  return html`<h2>Log in</h2>
    <form method="post" action="/code">
      <label>Email <input name="email" type="email" required /></label>
      <button>Send me a code</button>
    </form>`;
}

function account(user, devices) {
  return html`<h2>${user}</h2>
    <p>You are logged in with:</p>
    <ul aria-label="Devices">
      ${devices.map((device) => html`<li>${device}</li>`)}
    </ul>
    <form method="post" action="/logout-others"><button>Log out my other devices</button></form>
    <form method="post" action="/logout"><button>Log out</button></form>`;
}

function page(body) {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <link rel="icon" href="data:," />
      <title>Shop</title>
      <style>
        body {
          font: 16px/1.5 system-ui;
          max-width: 32rem;
          margin: 2rem auto;
          padding: 0 1rem;
        }
        li form {
          display: inline;
        }
      </style>
      ${body}
    </html>`.text;
}

/** Markup that is safe as it is. */
class Html {
  constructor(text) {
    this.text = text;
  }
}

/** Markup with values in it, which are escaped unless they are markup themselves. */
function html(parts, ...values) {
  return new Html(String.raw({ raw: parts }, ...values.map(textOf)));
}

function textOf(value) {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return String(value).replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}
