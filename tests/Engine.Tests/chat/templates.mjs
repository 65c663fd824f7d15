// Prints the chat templates of well-known models as a JSON array of {model, template}.
import { readFileSync } from "node:fs";

// The package keeps them for its own use: one literal of plain data in its source.
const source = readFileSync(new URL("node_modules/@huggingface/ollama-utils/src/chat-template-automap.ts", import.meta.url), "utf8");
const literal = source.slice(source.indexOf("= [", source.indexOf("OLLAMA_CHAT_TEMPLATE_MAPPING")) + 2).trim().replace(/;$/, "");
console.log(JSON.stringify((0, eval)(`(${literal})`).filter((m) => m.gguf).map((m) => ({ model: m.model, template: m.gguf }))));
