// What pages do beyond links and forms. Everything works without it, too: each link and form
// leads to an address that the server answers with a whole page. Once Gradio is up, what is marked with
// data-in-place changes the page without loading it anew.
//
// Words are only ever put into the page as text: HTML comes from the server, which escapes it.
"use strict";

(() => {
  const HISTORY = "minutebook.questions";
  const REMEMBERED = 50;
  const SLOW = 10_000; // milliseconds
  const root = document.documentElement;
  root.classList.add("mb-script");

  let element = null; // where Gradio shows what was asked for
  let trigger = null; // tells Gradio that the address has changed
  let shownSearch = location.search; // what the page shows, or will as soon as it is there
  let askedSearch = shownSearch; // what Gradio is asked for at the moment
  let toTop = false;
  let patience = 0;

  const byId = (id) => document.getElementById(id);

  // Addresses

  /** Return the query that a form stands for, without the fields that say nothing. */
  function queryOf(form) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const words = String(value).trim();
      if (words) query.append(name, words);
    }
    return `?${query}`;
  }

  function go(search) {
    if (!trigger) {
      location.assign(location.pathname + (search === "?" ? "" : search));
      return;
    }
    if (search !== location.search) history.pushState(null, "", location.pathname + search);
    show();
  }

  function show() {
    shownSearch = location.search;
    const query = new URLSearchParams(shownSearch);
    document.body.classList.toggle("mb-home", !query.get("q") && !query.get("view"));
    element.setAttribute("aria-busy", "true");
    say("");
    clearTimeout(patience);
    patience = setTimeout(fail, SLOW);
    trigger("submit");
  }

  /** Called by Gradio when nothing came of it, and after a while without any word. */
  function fail() {
    const notice = byId("mb-slow");
    notice.hidden = false;
    say(notice.innerText);
  }

  /** Make the box say what the address says, after the reader went back or forth. */
  function fillForm() {
    const query = new URLSearchParams(location.search);
    offerCommittees(query.get("council") ?? "");
    for (const field of byId("mb-asking").elements) {
      if (!field.name || field.name === "view") continue;
      const value = query.get(field.name) ?? "";
      if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) {
        field.add(new Option(value, value));
      }
      field.value = value;
    }
  }

  let bodies = null; // the committees of each council, as they were sent

  /** Offer the committees of one council, of all for ""; what is chosen stays chosen if it is among them. */
  function offerCommittees(council) {
    const field = byId("mb-committee");
    if (field.list && field.list.dataset.of !== council) field.list.replaceChildren();
    bodies ??= [...field.querySelectorAll("optgroup")];
    if (bodies.length === 0) return;
    const chosen = field.value;
    const fitting = bodies.filter((one) => !council || one.dataset.of === council);
    field.replaceChildren(...field.querySelectorAll(":scope > option"), ...fitting);
    field.value = chosen;
    if (field.selectedIndex < 0) field.selectedIndex = 0;
  }

  addEventListener("popstate", () => {
    if (location.search === shownSearch) return; // only the place on the page has changed
    if (!trigger) {
      location.reload();
      return;
    }
    fillForm();
    show();
  });

  // What the reader does

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-feedback]")) {
      event.preventDefault();
      giveFeedback(form);
      return;
    }
    if (!form.matches("[data-in-place]") || !trigger) return;
    event.preventDefault();
    toTop = form.id !== "mb-asking";
    go(queryOf(form));
  });

  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!sends || !event.target.matches("textarea[name=q]")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "mb-council") offerCommittees(event.target.value);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && "copy" in button.dataset) copy(button);
    if (button && "print" in button.dataset) print();
    if (button && "forget" in button.dataset) forget();
    if (button && "reload" in button.dataset) location.reload();
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if ("jump" in link.dataset) jump(event, link.hash);
    if ("inPlace" in link.dataset && trigger && link.pathname === location.pathname) {
      event.preventDefault();
      toTop = "top" in link.dataset;
      go(link.search || "?");
      fillForm();
    }
  });

  /** Go to a source or back, open what it is folded into, and take the focus along. */
  function jump(event, hash) {
    const target = byId(hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (location.hash !== hash) history.pushState(null, "", hash);
    target.scrollIntoView({ block: "nearest" });
    target.querySelector("mark")?.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  }

  async function copy(button) {
    const words = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Without HTTPS a browser gives no clipboard, but it still copies what is selected.
      const field = document.createElement("textarea");
      field.value = words;
      field.className = "mb-unseen";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.classList.add("mb-done");
    setTimeout(() => button.classList.remove("mb-done"), 2000);
    say("Copied with its citation.");
  }

  async function giveFeedback(form) {
    const told = form.querySelector("[data-told]");
    try {
      const said = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body: said });
      told.textContent = answer.ok ? form.dataset.thanks : form.dataset.trouble;
      if (answer.ok) form.querySelector("fieldset").disabled = true;
    } catch {
      told.textContent = form.dataset.trouble;
    }
    told.hidden = false;
  }

  // What was shown

  /** Say something to those who hear the page. */
  function say(words) {
    byId("mb-status").textContent = words;
  }

  /** Called by Gradio when it asks: what for. */
  function address() {
    askedSearch = location.search;
    return askedSearch;
  }

  /** Called by Gradio when everything that was asked for is there. */
  function settle() {
    if (askedSearch !== location.search) return; // the reader has gone on, and that is asked for next
    element.removeAttribute("aria-busy");
    clearTimeout(patience);
    byId("mb-slow").hidden = true;
    const shown = element.querySelector("[data-title]");
    if (!shown) return;
    const { title, limits } = shown.dataset;
    document.title = title ? `${title} · Minutebook` : "Minutebook";
    document.querySelector("#mb-filters summary").textContent = limits ? `Filters: ${limits}` : "Filters";
    if ("address" in shown.dataset && shown.dataset.address !== location.search) {
      history.replaceState(null, "", location.pathname + shown.dataset.address);
      shownSearch = askedSearch = location.search;
      fillForm();
    }
    tellFeed(shown.querySelector("a[rel=alternate]"));
    remember();
    say([...shown.querySelectorAll("[data-spoken]")].map((part) => part.innerText).join("\n"));
    if (toTop) {
      scrollTo({ top: 0 });
      const heading = shown.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    toTop = false;
  }

  /** Tell the browser of the feed of what is shown, if there is one. */
  function tellFeed(way) {
    document.head.querySelector("link[rel=alternate]")?.remove();
    if (!way) return;
    const { rel, type, href } = way;
    document.head.append(Object.assign(document.createElement("link"), { rel, type, href, title: way.innerText }));
  }

  /** Called by Gradio when it is up: from here on it shows what the server has put into the first page. */
  function adopt(gradio, tell) {
    element = gradio;
    const first = byId("mb-main");
    const focused = document.activeElement;
    element.append(...first.childNodes);
    first.remove();
    const main = element.closest("main") ?? element;
    main.id = "mb-main";
    main.tabIndex = -1;
    if (element.contains(focused)) focused.focus({ preventScroll: true });
    trigger = tell;
    root.classList.add("mb-ready");
    if (location.search !== shownSearch) show();
  }

  // The own questions, which stay in this browser

  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(HISTORY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
    } catch {
      return []; // it is switched off, or somebody has changed it
    }
  }

  function keep(addresses) {
    try {
      localStorage.setItem(HISTORY, JSON.stringify(addresses.slice(0, REMEMBERED)));
    } catch {
      // it is switched off: nothing is remembered
    }
    listHistory();
  }

  function remember() {
    const query = new URLSearchParams(location.search);
    query.delete("page");
    if (query.get("q")) {
      const address = `?${query}`;
      keep([address, ...remembered().filter((one) => one !== address)]);
    }
  }

  function forget() {
    keep([]);
    byId("mb-q").focus();
  }

  function listHistory() {
    const place = byId("mb-history");
    if (!place) return;
    const pattern = byId("mb-past").content;
    const addresses = remembered();
    place.hidden = addresses.length === 0;
    place.querySelector("ol").replaceChildren(
      ...addresses.map((address) => {
        const item = pattern.cloneNode(true);
        const link = item.querySelector("a");
        const query = new URLSearchParams(address);
        link.setAttribute("href", link.getAttribute("href") + address);
        link.textContent = query.get("q");
        return item;
      }),
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("#mb-main [data-address]")) remember();
    const council = byId("mb-council");
    if (council?.value) offerCommittees(council.value);
    listHistory();
  });

  window.minutebook = { address, adopt, fail, settle };
})();
