// Prints what real chat templates make of one message, as a JSON array: each with its text up to where an answer begins, and with an answer that begins with OPENING.
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const MESSAGE = " MESSAGE ", OPENING = "OPENING";

// The package keeps the templates of well-known models for its own use: one literal of plain data in its source.
const source = readFileSync(new URL("node_modules/@huggingface/ollama-utils/src/chat-template-automap.ts", import.meta.url), "utf8");
const literal = source.slice(source.indexOf("= [", source.indexOf("OLLAMA_CHAT_TEMPLATE_MAPPING")) + 2).trim().replace(/;$/, "");
const known = (0, eval)(`(${literal})`).filter((m) => m.gguf).map((m) => ({ model: m.model, template: m.gguf }));

// Further ones come as files.
for (const path of process.argv.slice(2)) known.push({ model: path, template: readFileSync(path, "utf8") });

const render = ({ model, template }) => {
    const user = { role: "user", content: MESSAGE };
    const context = { bos_token: "", eos_token: "<EOS>", enable_thinking: false, date_string: "26 Jul 2024" };
    const attempt = (messages, add_generation_prompt) => {
        try {
            return new Template(template).render({ ...context, messages, add_generation_prompt });
        } catch {
            // Some want messages in another form than text; they are told apart by the test.
            return null;
        }
    };
    return { model, template, prompt: attempt([user], true), answered: attempt([user, { role: "assistant", content: OPENING }], false) };
};

console.log(JSON.stringify(known.map(render)));
