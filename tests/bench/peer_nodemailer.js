// Pooled nodemailer, composing a personal message of SIZE bytes for each recipient. Prints the seconds that it took.
const [, , peers, port, connections, messages, size] = process.argv;
const nodemailer = require(peers + '/node_modules/nodemailer');
const transport = nodemailer.createTransport({
  pool: true, host: '127.0.0.1', port: Number(port), secure: false, ignoreTLS: true,
  maxConnections: Number(connections), maxMessages: 100,
});
const line = 'A line of the text of a newsletter that is long enough to be one.\n';
const half = line.repeat(Math.floor(Number(size) / 2 / line.length));
const began = process.hrtime.bigint();
let given = 0;
let done = 0;

function finish() {
  if (++done === Number(messages)) {
    console.log(Number(process.hrtime.bigint() - began) / 1e9);
    transport.close();
  }
}

// As nodemailer's manual has it: as many as the pool says it has room for.
transport.on('idle', () => {
  while (transport.isIdle() && given < Number(messages)) {
    const n = given++;
    transport.sendMail({
      from: 'weekly@example.org', to: `reader${n}@example.org`, subject: 'Weekly 周报',
      text: `Reader ${n}\n` + half, html: `<p>Reader ${n}</p>` + half,
      list: {unsubscribe: `https://weekly.example.org/u/${n}`},
    }, (error) => {
      if (error) throw error;
      finish();
    });
  }
});
