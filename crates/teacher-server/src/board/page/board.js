// The board: what the server says of the class, as it says it. Every text from there becomes a text node, never markup.

import { clock, forgetOldest, forgetAll, nameAll, number, put, size, fit, fade } from "./tiles.js";

const MAX_SILENCE = 12_000; // The server says something every 5 s, though nobody comes. In milliseconds.
const NEWS_INTERVAL = 10_000; // How often a screen reader is told.

const at = (id) => document.getElementById(id);

// --- The connection: HTML Standard, section 9.2 ---

let source;
let heard = Date.now();

function listen() {
  source?.close();
  heard = Date.now();
  source = new EventSource("events");
  source.onmessage = ({ data }) => {
    heard = Date.now();
    setLost(false);
    show(JSON.parse(data));
  };
  source.onerror = () => setLost(true);
}

/**
 * A connection may die without a word: a network that is gone, a computer that slept. And a browser that was refused (503) never
 * calls again by itself.
 */
function watch() {
  if (document.hidden || Date.now() - heard < MAX_SILENCE) return;
  setLost(true);
  listen();
}

function setLost(isLost) {
  if (document.body.classList.contains("lost") === isLost) return;
  document.body.classList.toggle("lost", isLost);
  const notice = `No connection to the server since ${clock.format()}. It is called again; below is what it said before.`;
  at("lost").textContent = isLost ? notice : "";
  fit();
}

// A page that nobody sees needs no connection: a browser has six of them for all its pages of one server.
document.addEventListener("visibilitychange", () => (document.hidden ? source.close() : listen()));

// --- What the server says ---

function show(state) {
  at("who").textContent = state.who;
  at("command").textContent = state.command;
  at("command").style.setProperty("--length", state.command.length);
  at("students").textContent = number.format(state.students);
  at("connections").textContent = number.format(state.connections);
  at("nobody").hidden = state.students > 0;
  drawMinutes(state.minutes);
  showRows(state);
  const others = [];
  if (state.students > size()) others.push(`Students who are not shown: ${number.format(state.students - size())}`);
  if (state.rejected > 0) others.push(`Connections that were rejected: ${number.format(state.rejected)}`);
  at("others").textContent = others.join(" · ");
  fit();
}

function showRows({ rows, is_whole }) {
  if (is_whole) forgetAll();
  rows.sort((one, other) => one.first - other.first || (one.address < other.address ? -1 : 1));
  const spoke = rows.filter((row) => put(row, !is_whole));
  forgetOldest();
  nameAll();
  if (spoke.length > 0) showLatest(spoke.reduce((one, other) => (other.time < one.time ? one : other)));
  if (!is_whole) news.messages += spoke.length;
}

function showLatest(row) {
  const bdi = (textContent) => Object.assign(document.createElement("bdi"), { textContent });
  at("latest").replaceChildren(bdi(row.called), " ", bdi(row.message));
  news.last = `${row.called}: ${row.message}`;
}

// --- Connections per minute ---

const SVG = "http://www.w3.org/2000/svg";

function drawMinutes(minutes) {
  const most = Math.max(...minutes);
  const picture = at("minutes");
  while (picture.childElementCount < minutes.length) picture.append(document.createElementNS(SVG, "rect"));
  const width = 600 / minutes.length;
  minutes.forEach((count, place) => {
    // One connection in a busy hour can be seen, too.
    const height = count && Math.max(3, (100 * count) / Math.max(most, 5));
    const shape = { x: place * width + 1, width: width - 2, y: 100 - height, height };
    for (const [name, value] of Object.entries(shape)) picture.children[place].setAttribute(name, value);
  });
  at("most").textContent = most > 0 ? number.format(most) : "";
  picture.ariaLabel = `This minute: ${minutes.at(-1)}. The minute before: ${minutes.at(-2)}. At most, in the last hour: ${most}.`;
}

// --- What a screen reader says, now and then ---

const news = { messages: 0, last: "" };

function tellNews() {
  if (news.messages === 0) return;
  at("news").textContent = `New messages: ${news.messages}. The last one is from ${news.last}`;
  news.messages = 0;
}

addEventListener("resize", fit);
setInterval(fade, 500);
setInterval(tellNews, NEWS_INTERVAL);
setInterval(watch, 1_000);
listen();
