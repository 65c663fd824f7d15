// Runs each line of standard input, a JSON string of SQL, in a stock DuckDB client; prints one line of JSON per query.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const database = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
const connection = await database.connect();
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const result = await connection.runAndReadAll(JSON.parse(line));
    console.log(JSON.stringify({ rows: result.getRowsJson() }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
