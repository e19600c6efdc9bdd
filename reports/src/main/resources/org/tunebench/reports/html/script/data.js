// The page's own data: JSON, deflated, in base64, unpacked when it is needed.
const packed = name => byId("data-" + name);

async function unpack(name) {
  const text = atob(packed(name).textContent), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

// Runs a part of the page on its data, where the page has both.
async function withData(name, part) {
  if (packed(name)) part(await unpack(name));
}
