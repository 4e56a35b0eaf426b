// Talking to the sandbox: questions, acts (with the header that no foreign page can send), and news.

export async function ask(path) {
  return answer(await fetch(`/sandbox/api/${path}`));
}

export async function act(path, body, query) {
  const raw = body instanceof Blob;
  const headers = { "X-Mojaz-Sandbox": "1", "Content-Type": raw ? "application/octet-stream" : "application/json" };
  const address = `/sandbox/api/${path}${query ? `?${new URLSearchParams(query)}` : ""}`;
  return answer(await fetch(address, { method: "POST", headers, body: raw ? body : JSON.stringify(body) }));
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

// Calls heard(event) for each piece of news after `change`, and lost() when the sandbox is away.
export function news(person, change, heard, lost, back) {
  const source = new EventSource(`/sandbox/api/events?as=${person}&after=${change}`);
  let away = false;
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onerror = () => { if (!away) lost(); away = true; };
  source.onopen = () => { if (away) back(); away = false; };
  return () => source.close();
}
