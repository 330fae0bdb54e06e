// The tiles: one for each student, a new one behind the others, so that nobody's tile moves.

const STANDS_OUT = 6_000; // How long a tile stands out after a message, in milliseconds.
const MAX_TILES = 400; // As many as the server sends.

export const number = new Intl.NumberFormat("en");
export const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

const list = document.getElementById("tiles");
/** By address. */
const tiles = new Map();

export const size = () => tiles.size;

/** Shows a student's row. Whether there is a message in it that was not there before. */
export function put(row, standsOut) {
  const known = tiles.get(row.address);
  const tile = known ?? add(row.address);
  const isNews = tile.row?.count !== row.count;
  tile.row = row;
  tile.count.textContent = `×${number.format(row.count)}`;
  tile.box.classList.toggle("once", row.count === 1);
  tile.message.textContent = row.message;
  tile.time.textContent = clock.format(row.time);
  tile.time.dateTime = new Date(row.time).toISOString();
  if (isNews && standsOut) {
    tile.until = Date.now() + STANDS_OUT;
    tile.item.classList.add(known ? "said" : "new");
  }
  return isNews;
}

function make(tag, className, textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function add(address) {
  const [item, box, name, message] = [make("li", ""), make("div", "tile"), make("bdi", "name"), make("bdi", "message")];
  const [count, time] = [make("span", "count"), make("time", "")];
  // The spaces are for who copies a tile, or has it read aloud.
  box.append(name, " ", message, " ", count, " ", time);
  item.append(box);
  list.append(item);
  const tile = { item, box, name, message, count, time, until: 0 };
  tiles.set(address, tile);
  return tile;
}

export function forgetAll() {
  tiles.clear();
  list.replaceChildren();
}

/** Where there are too many, those whose messages are the oldest make way. */
export function forgetOldest() {
  const byAge = [...tiles.values()].sort((one, other) => other.row.time - one.row.time);
  for (const { item, row } of byAge.slice(MAX_TILES)) {
    item.remove();
    tiles.delete(row.address);
  }
}

/** Names the tiles. A name that several computers have is none: their addresses are shown. */
export function nameAll() {
  const all = [...tiles.values()];
  const uses = new Map();
  for (const { row } of all) for (const name of namesOf(row)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const shared = sharedStart(all.map(({ row }) => row.address));
  for (const { row, item, name } of all) {
    const own = namesOf(row).find((name) => uses.get(name) === 1);
    row.called = own ?? row.address;
    const head = own ? "" : shared;
    if (name.textContent !== row.called || name.firstChild.textContent !== head) {
      name.replaceChildren(make("span", "head", head), row.called.slice(head.length));
    }
    item.title = `${own ? `${row.name} (${row.address})` : row.address} ×${number.format(row.count)}: ${row.message}`;
  }
}

/** The name without its domain, which a whole class shares, and with it. A number alone could pass for the end of an address. */
function namesOf({ name }) {
  return name ? [...new Set([name.replace(/^([^.]*[a-z][^.]*)[.].*/i, "$1"), name])] : [];
}

/** The numbers with which all addresses begin: they are left out where there is little room. */
function sharedStart(addresses) {
  const [first = "", ...others] = addresses;
  let length = others.length && first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length).replace(/[^.:]*$/, "");
}

/** Ends what stands out. */
export function fade() {
  for (const { item, until } of tiles.values()) if (item.className && Date.now() > until) item.className = "";
}

// Name, size of the font and of the gap in rem, width and height in units of that font.
const SIZES = [
  ["cards", 1.7, 0.8, 14, 4.7],
  ["cards", 1.2, 0.7, 14, 4.7],
  ["tiles", 1, 0.5, 12, 3.3],
  ["rows", 1, 0.15, 18, 1.4],
  ["rows", 0.9, 0.1, 14, 1.4],
  ["rows", 0.8125, 0.1, 8.5, 1.3],
];
const ON_A_PHONE = SIZES[2];

/** Takes the largest size in which all students fit on the screen. On a phone each size has to be scrolled. */
export function fit() {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = list.clientWidth / rem;
  const above = list.getBoundingClientRect().top + scrollY;
  const below = list.nextElementSibling.offsetHeight;
  const height = (innerHeight - above - below) / rem - 1;
  const isNarrow = matchMedia("(max-width: 50rem)").matches;
  const capacity = ([, font, gap, wide, high]) => ({
    columns: Math.max(1, Math.floor((width + gap) / (wide * font + gap))),
    lines: Math.max(1, Math.floor((height + gap) / (high * font + gap))),
  });
  const fits = (size) => capacity(size).columns * capacity(size).lines >= tiles.size;
  const size = isNarrow ? ON_A_PHONE : SIZES.find(fits) ?? SIZES.at(-1);
  const { columns, lines } = capacity(size);
  const [name, font, gap, , high] = size;
  list.className = name;
  for (const [property, rems] of Object.entries({ font, gap, height: font * high })) {
    list.style.setProperty(`--${property}`, `${rems}rem`);
  }
  // As few columns as do, since long messages have room then; but three cards stand side by side.
  const wanted = Math.max(Math.ceil(tiles.size / lines), name === "cards" ? 3 : 1);
  list.style.setProperty("--columns", isNarrow ? 1 : Math.min(wanted, columns));
}
