"use strict";
(() => {
  const doc = JSON.parse(document.getElementById("document").textContent);
  const $ = (id) => document.getElementById(id);
  const svg = document.querySelector("#picture svg");
  const boxes = [...svg.querySelectorAll(".box[data-id]")];
  const wires = [...svg.querySelectorAll(".wire")];
  const detail = $("detail");
  const natural = svg.viewBox.baseVal.width;
  let scale = 1, opener = null;

  const make = (tag, text, attributes) => {
    const e = document.createElement(tag);
    e.textContent = text;
    for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
    return e;
  };
  const zoom = (to) => {
    scale = Math.min(4, Math.max(0.1, to));
    svg.setAttribute("width", natural * scale);
    svg.setAttribute("height", svg.viewBox.baseVal.height * scale);
  };
  const fit = () => zoom(Math.min(1, ($("picture").clientWidth - 20) / natural));

  const unlight = () => {
    for (const e of [...boxes, ...wires]) e.classList.remove("lit", "dim", "blocked", "unknown", "reachable");
  };
  const place = (p) => (p ? ` (${p.file}:${p.line})` : "");
  const inNetwork = (e, i) => e.dataset.network === String(i);

  // steps are the boxes along a way, in order.
  const steps = (way) => {
    const out = [way.from];
    for (const h of way.hops) if (h.node && !out.includes(h.node)) out.push(h.node);
    if (way.status === "reachable" && way.to.endsWith("internet")) out.push("internet");
    return out;
  };
  const light = (i, way, id) => {
    unlight();
    const on = steps(way);
    const net = doc.networks[i];
    const f = net.functions.find((x) => x.id === id);
    for (const b of boxes) {
      const yes = inNetwork(b, i) && (on.includes(b.dataset.id) || b.dataset.id === f.group || b.dataset.id === id);
      b.classList.add(...(yes ? ["lit", way.status] : b.classList.contains("vpc") ? ["kept"] : ["dim"]));
    }
    for (const w of wires) {
      const at = on.indexOf(w.dataset.from);
      const yes = inNetwork(w, i) && at >= 0 && on.indexOf(w.dataset.to) > at;
      w.classList.add(...(yes ? ["lit", way.status] : ["dim"]));
    }
    const first = boxes.find((b) => inNetwork(b, i) && b.dataset.id === way.from);
    if (first) first.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const open = (title, fill) => {
    if (detail.hidden) opener = document.activeElement;
    const body = detail.querySelector("div");
    body.replaceChildren();
    detail.querySelector("h2").textContent = title;
    detail.hidden = false;
    $("lists").hidden = true;
    fill(body);
    detail.parentElement.scrollTop = 0;
  };
  const close = () => {
    unlight();
    detail.hidden = true;
    $("lists").hidden = false;
    if (opener) opener.focus();
  };
  const button = (text, act) => {
    const b = make("button", text, { type: "button" });
    b.addEventListener("click", act);
    return b;
  };
  const listFindings = (body, i, indexes) => {
    if (!indexes.length) return;
    body.append(make("h3", "Findings"));
    const list = make("ul", "");
    for (const j of indexes) {
      const f = doc.networks[i].findings[j];
      const item = make("li", "", { class: f.severity });
      item.append(make("b", f.severity), ` ${f.message}${place(f.location)}. To fix it, ${f.remedy}. [${f.rule}]`);
      list.append(item);
    }
    body.append(list);
  };

  const showFunction = (i, id) => {
    const net = doc.networks[i];
    const f = net.functions.find((x) => x.id === id);
    open(`${f.kind} ${f.label}`, (body) => {
      body.append(make("p", f.id + place(f.location)));
      listFindings(body, i, f.findings);
      body.append(make("h3", "Ways"));
      if (!f.ways.length) body.append(make("p", "It sends into no subnet that the files tell."));
      const list = make("ul", ""), hops = make("div", "");
      const buttons = f.ways.map((w) => {
        const way = net.ways[w];
        const b = button(`from ${way.from} to ${way.to}: ${way.status}`, () => {
          for (const other of buttons) other.setAttribute("aria-pressed", String(other === b));
          light(i, way, id);
          const steps = make("ol", "", { "aria-label": "Hops" });
          for (const h of way.hops) {
            const li = make("li", h.message + place(h.location));
            if (h.cause) li.append(" ", make("span", h.cause, { class: "stop" }));
            steps.append(li);
          }
          hops.replaceChildren(steps, make("p", `${way.status}${way.hint ? ": " + way.hint : ""}`, { class: way.status }));
        });
        b.className = way.status;
        const li = make("li", "");
        li.append(b);
        list.append(li);
        return b;
      });
      body.append(list, hops);
      const needed = f.ways.findIndex((w) => net.ways[w].status === "blocked" && !net.ways[w].to.endsWith("internet"));
      const blocked = f.ways.findIndex((w) => net.ways[w].status === "blocked");
      if (buttons.length) buttons[Math.max(0, needed < 0 ? blocked : needed)].click();
    });
  };
  const showGroup = (i, group) => {
    if (group.functions.length === 1) return showFunction(i, group.functions[0]);
    open(`${group.functions.length} functions`, (body) => {
      const list = make("ul", "");
      for (const id of group.functions) {
        const f = doc.networks[i].functions.find((x) => x.id === id);
        const li = make("li", "");
        li.append(button(f.label, () => showFunction(i, id)));
        list.append(li);
      }
      body.append(list);
    });
  };
  const nodes = (net) => net.vpcs.flatMap((v) => [v, ...v.exits, ...v.links, ...v.endpoints,
    ...v.subnets.flatMap((s) => [s, ...s.nats, ...s.stores])]).concat(net.unplaced);
  const showNode = (i, id) => {
    const n = nodes(doc.networks[i]).find((x) => x.id === id);
    if (!n) return;
    open(`${n.kind} ${n.label}`, (body) => {
      body.append(make("p", n.id + place(n.location)));
      if (n.cidrs) body.append(make("p", n.cidrs.join(", ")));
      if (n.table) {
        body.append(make("h3", `Route table ${n.table.label}${n.table.main ? " (main table)" : ""}`));
        const list = make("ul", "");
        for (const r of n.table.routes) list.append(make("li", `${r.destination} → ${r.label}`));
        body.append(list);
      }
      listFindings(body, i, n.findings);
      unlight();
      for (const b of boxes) if (inNetwork(b, i) && b.dataset.id === id) b.classList.add("lit", "reachable");
    });
  };
  const show = (i, id) => {
    const group = doc.networks[i].groups.find((g) => g.id === id);
    if (group) showGroup(i, group);
    else showNode(i, id);
  };

  for (const b of boxes) {
    if (!b.hasAttribute("tabindex")) continue;
    const act = () => show(Number(b.dataset.network), b.dataset.id);
    b.addEventListener("click", act);
    b.addEventListener("keydown", (e) => {
      if (e.key === "Enter" || e.key === " ") { e.preventDefault(); act(); }
    });
  }
  $("lists").addEventListener("click", (e) => {
    const b = e.target.closest("button");
    if (!b) return;
    const i = Number(b.dataset.network);
    if (b.dataset.function !== undefined) showFunction(i, b.dataset.function);
    if (b.dataset.node !== undefined) showNode(i, b.dataset.node);
    if (b.dataset.finding !== undefined) {
      const f = doc.networks[i].findings[Number(b.dataset.finding)];
      open(f.rule, (body) => {
        listFindings(body, i, [Number(b.dataset.finding)]);
        for (const id of f.affects) {
          if (doc.networks[i].functions.some((x) => x.id === id)) body.append(button(`ways of ${id}`, () => showFunction(i, id)));
        }
        unlight();
        for (const x of boxes) if (inNetwork(x, i) && x.dataset.id === f.resource) x.classList.add("lit", "blocked");
      });
    }
  });
  $("clear").addEventListener("click", close);
  document.addEventListener("keydown", (e) => { if (e.key === "Escape" && !detail.hidden) close(); });

  // A search lights boxes that hold the text, and those of groups with such a function, and leaves the rest of the lists out.
  $("search").addEventListener("input", () => {
    const want = $("search").value.trim().toLowerCase();
    let hits = 0, first = null;
    for (const b of boxes) {
      const yes = want !== "" && !b.classList.contains("vpc") && (b.textContent + " " + b.dataset.id).toLowerCase().includes(want);
      b.classList.toggle("found", yes);
      if (yes) { hits++; first = first || b; }
    }
    for (const li of $("lists").querySelectorAll("li, tbody tr")) {
      li.hidden = want !== "" && !(li.textContent + " " + ((li.querySelector("button") || {}).dataset || {}).function).toLowerCase().includes(want);
    }
    $("hits").textContent = want === "" ? "" : `${hits} found`;
    if (first) first.scrollIntoView({ block: "center", inline: "center" });
  });
  $("in").addEventListener("click", () => zoom(scale * 1.25));
  $("out").addEventListener("click", () => zoom(scale / 1.25));
  $("full").addEventListener("click", () => zoom(1));
  $("fit").addEventListener("click", fit);
  $("picture").addEventListener("wheel", (e) => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    zoom(scale * (e.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  $("picture").addEventListener("keydown", (e) => {
    if (e.target.closest("button, input")) return;
    if (e.key === "+") zoom(scale * 1.25);
    if (e.key === "-") zoom(scale / 1.25);
    if (e.key === "0") fit();
  });
  fit();
  doc.networks.forEach((net, i) => { if (net.selected) showFunction(i, net.selected); });
})();
