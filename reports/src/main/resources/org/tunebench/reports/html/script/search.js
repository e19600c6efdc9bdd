// One suite's samples: what lists and filters need at once, the texts block by block.
class Samples {
  static async open(number) {
    return new Samples(number, await unpack("samples-" + number));
  }

  constructor(number, index) {
    Object.assign(this, index);
    this.number = number;
    this.scores = index.scores.map(of => Float64Array.from(of, s => s ?? NaN));
    this.blocks = new Map();
    this.texts = [];
    this.names = this.ids.map((id, i) => (id + "\n" + this.hint[i]).toLowerCase());
  }

  // Of b beside a: 1 better, -1 worse, 0 equal or not known.
  gain(item, a, b) {
    const difference = this.scores[b][item] - this.scores[a][item];
    return Number.isNaN(difference) ? 0 : Math.sign(difference) * (this.lower ? -1 : 1);
  }

  // Item numbers that have a flag, or any flag, in one of two runs.
  flaggedItems(flag, a, b) {
    const found = new Set();
    for (const [name, runs] of Object.entries(this.flagged)) {
      if (flag === "any" || flag === "flag " + name) [a, b].forEach(run => runs[run].forEach(item => found.add(item)));
    }
    return found;
  }

  flags(item, run) {
    return Object.entries(this.flagged).filter(([, runs]) => runs[run].includes(item)).map(([name]) => name);
  }

  // Everything of one item, as Block.java writes it.
  async item(item) {
    const block = Math.floor(item / this.size);
    if (!this.blocks.has(block)) {
      if (this.blocks.size > 8) this.blocks.delete(this.blocks.keys().next().value);
      this.blocks.set(block, unpack("samples-" + this.number + "-" + block));
    }
    return (await this.blocks.get(block))[item % this.size];
  }

  // The texts of a block in small letters, one string an item; kept, so that the next search is quick.
  async load(block) {
    this.texts[block] ??= (await unpack("samples-" + this.number + "-" + block)).map(searched);
  }

  // Those of some items whose id or texts hold a text. Tells how far it is where it must unpack first; stops with null
  // where goOn() says so.
  async search(items, text, goOn, tell) {
    const small = text.toLowerCase(), found = [];
    let block = -1;
    for (const item of items) {
      const next = Math.floor(item / this.size);
      if (next !== block && !this.texts[next]) {
        tell(next * this.size);
        await this.load(next);
        if (!goOn()) return null;
      }
      block = next;
      if (this.names[item].includes(small) || this.texts[block][item % this.size].includes(small)) found.push(item);
    }
    return found;
  }
}

const written = value => typeof value === "string" ? value : JSON.stringify(value);
// A text, or the start of a text that was cut with its whole length.
const start = value => Array.isArray(value) ? value[0] : value ?? "";

function searched(item) {
  const parts = [start(item.q), ...(item.c || []).map(start)];
  for (const r of item.r) if (r) parts.push(start(r.a), start(r.j), start(r.q), ...(r.m || []).map(one => start(one[0])));
  return parts.join("\n").toLowerCase();
}
