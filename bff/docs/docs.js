"use strict";

// Shows the contract. Everything is set as text, never as markup.

const methods = ["get", "put", "post", "delete"];

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// prose understands paragraphs, `code` and **strong**.
function prose(text) {
  return (text || "").split("\n\n").map((paragraph) => {
    const p = make("p");
    for (const part of paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
      if (part.startsWith("`")) p.append(make("code", null, part.slice(1, -1)));
      else if (part.startsWith("**")) p.append(make("strong", null, part.slice(2, -2)));
      else p.append(part);
    }
    return p;
  });
}

function inline(text) {
  const span = make("span");
  for (const p of prose(text)) span.append(...p.childNodes);
  return span;
}

function nameOf(schema) {
  return schema && schema.$ref ? schema.$ref.split("/").pop() : "";
}

function resolve(contract, schema) {
  return schema && schema.$ref ? contract.components.schemas[nameOf(schema)] : schema;
}

function typeOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return nameOf(schema);
  const types = [].concat(schema.type || "any").filter((type) => type !== "null");
  const type = types.join(" or ");
  return type === "array" ? "list of " + typeOf(schema.items) : schema.format ? type + ", " + schema.format : type;
}

// limits says what a value must keep to.
function limits(schema) {
  const said = [];
  if (schema.enum) said.push("one of " + schema.enum.map((value) => "`" + value + "`").join(", "));
  if (schema.pattern) said.push("matches `" + schema.pattern + "`");
  if (schema.minLength !== undefined || schema.maxLength !== undefined) said.push("length " + (schema.minLength || 0) + " to " + (schema.maxLength === undefined ? "any" : schema.maxLength));
  if (schema.minimum !== undefined) said.push("at least " + schema.minimum);
  if (schema.maximum !== undefined) said.push("at most " + schema.maximum);
  if (schema.minItems !== undefined || schema.maxItems !== undefined) said.push((schema.minItems || 0) + " to " + (schema.maxItems === undefined ? "any" : schema.maxItems) + " entries");
  if (schema.examples) said.push("for example `" + schema.examples[0] + "`");
  return said.join("; ");
}

function rows(contract, schema, prefix, seen) {
  const found = resolve(contract, schema) || {};
  const out = [];
  for (const [name, member] of Object.entries(found.properties || {})) {
    const required = (found.required || []).includes(name);
    const path = prefix + name;
    const text = [member.description, limits(member)].filter(Boolean).join(" — ");
    out.push(make("tr", null,
      make("td", null, path, required ? make("span", { class: "required", title: "always there" }, " *") : null),
      make("td", null, typeOf(member)), make("td", null, inline(text))));
    const inner = member.items || member;
    const key = nameOf(inner);
    if (!seen.includes(key) || key === "") {
      const deeper = resolve(contract, inner);
      if (deeper && deeper.properties) out.push(...rows(contract, inner, path + (member.items ? "[]." : "."), seen.concat(key || [])));
    }
  }
  return out;
}

function table(contract, schema) {
  const found = rows(contract, schema, "", [nameOf(schema)]);
  if (found.length === 0) return make("p", null, typeOf(schema) || "no body");
  return make("table", null, make("thead", null, make("tr", null, make("th", null, "member"), make("th", null, "type"), make("th", null, "meaning"))), make("tbody", null, ...found));
}

function parameters(list) {
  if (!list || list.length === 0) return null;
  const found = list.map((p) => make("tr", null,
    make("td", null, p.name, p.required ? make("span", { class: "required" }, " *") : null), make("td", null, p.in),
    make("td", null, inline([p.description, limits(p.schema || {})].filter(Boolean).join(" — ")))));
  return make("div", null, make("h4", null, "Parameters"),
    make("table", null, make("thead", null, make("tr", null, make("th", null, "name"), make("th", null, "in"), make("th", null, "meaning"))), make("tbody", null, ...found)));
}

function details(title, ...children) {
  return make("details", null, make("summary", null, title), ...children);
}

function responses(contract, all) {
  const good = [];
  const bad = [];
  for (const status of Object.keys(all).sort()) {
    const [type, content] = Object.entries(all[status].content || {})[0] || ["", null];
    if (type === "application/problem+json") {
      bad.push(make("tr", null, make("td", null, status), make("td", null, inline(all[status].description))));
    } else {
      good.push(details(status + " " + type, content ? table(contract, content.schema) : make("p", null, "no body")));
    }
  }
  return make("div", null, make("h4", null, "Answers"), ...good,
    details("problems", make("table", null, make("tbody", null, ...bad))));
}

function call(contract, method, path, operation) {
  const guards = (operation.security || []).flatMap((scheme) => Object.keys(scheme)).map((name) => make("span", { class: "guard" }, name));
  const body = operation.requestBody && Object.values(operation.requestBody.content)[0];
  return make("section", { class: "call", id: operation.operationId },
    make("h3", null, operation.summary, ...guards),
    make("p", { class: "path" }, make("span", { class: "method" }, method.toUpperCase()), path),
    ...prose(operation.description), parameters(operation.parameters),
    body ? make("div", null, make("h4", null, "Request"), table(contract, body.schema)) : null,
    responses(contract, operation.responses));
}

function show(contract) {
  document.getElementById("version").textContent = "version " + contract.info.version;
  const content = make("main", { id: "content" }, ...prose(contract.info.description));
  const index = make("nav", { id: "index", "aria-label": "Calls" });
  for (const tag of contract.tags) {
    index.append(make("h2", null, tag.name));
    content.append(make("h2", null, tag.name), ...prose(tag.description));
    for (const [path, item] of Object.entries(contract.paths)) {
      for (const method of methods.filter((name) => item[name] && item[name].tags.includes(tag.name))) {
        index.append(make("a", { href: "#" + item[method].operationId }, item[method].summary));
        content.append(call(contract, method, path, item[method]));
      }
    }
  }
  content.append(make("h2", { id: "Problem" }, "Problem"), table(contract, { $ref: "#/components/schemas/Problem" }));
  document.getElementById("index").replaceWith(index);
  document.getElementById("content").replaceWith(content);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function find(event) {
  const wanted = event.target.value.trim().toLowerCase();
  for (const section of document.querySelectorAll("section.call")) {
    const hidden = wanted !== "" && !section.textContent.toLowerCase().includes(wanted);
    section.hidden = hidden;
    const link = document.querySelector('nav a[href="#' + section.id + '"]');
    if (link) link.hidden = hidden;
  }
}

document.getElementById("find").addEventListener("input", find);
fetch("/openapi.json")
  .then((response) => response.json())
  .then(show)
  .catch(() => { document.getElementById("content").textContent = "The contract could not be loaded."; });
