// A message centre on this machine: one line of JSON for everything that happens, one command of
// JSON a line (says, receipt, refuse, cut), gone when its input is closed.
// Needs the package smpp 0.5.1. Signs in: seoul, secret.
import { createInterface } from 'node:readline'
import smpp from 'smpp'

const tell = (event, more = {}) => console.log(JSON.stringify({ event, ...more }))
const waiting = [] // what citizens say, until somebody says that they have it
const sessions = new Set()
let refuse = 0, cut = false, number = 0

function handOver(session, message) {
  session.deliver_sm(message, (pdu) => {
    if (pdu.command_status) return tell('refused', { status: pdu.command_status })
    waiting.splice(waiting.indexOf(message), 1)
    tell('known', { left: waiting.length })
  })
}
function bound(kind, session, pdu) {
  const status = pdu.system_id !== 'seoul' ? 0x0f : pdu.password !== 'secret' ? 0x0e : 0
  session.send(pdu.response({ command_status: status, system_id: 'smsc' }))
  tell('bind', { kind, status })
  if (status || kind === 'transmitter') return
  sessions.add(session)
  for (const message of [...waiting]) handOver(session, message)
}
function taken(session, pdu) {
  const command_status = refuse
  refuse = 0
  if (command_status) return session.send(pdu.response({ command_status }))
  const { udh, message } = pdu.short_message
  tell('submit', { id: `m-${++number}`, to: pdu.destination_addr, message, udh: udh?.[0]?.toString('hex') ?? '' })
  if (cut) return session.destroy()
  session.send(pdu.response({ message_id: `m-${number}` }))
}
const server = smpp.createServer((session) => {
  for (const kind of ['transmitter', 'receiver', 'transceiver'])
    session.on(`bind_${kind}`, (pdu) => bound(kind, session, pdu))
  session.on('submit_sm', (pdu) => taken(session, pdu))
  session.on('enquire_link', (pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); tell('unbind') })
  session.on('close', () => sessions.delete(session))
  session.on('error', (problem) => tell('error', { words: String(problem) }))
})
server.listen(0, '127.0.0.1', () => tell('ready', { port: server.address().port }))

function say(message) {
  waiting.push({ source_addr_ton: 1, source_addr_npi: 1, destination_addr: '120', ...message })
  for (const session of sessions) handOver(session, waiting.at(-1))
}
const does = {
  says: ({ from, text }) => say({ source_addr: from, short_message: text }),
  receipt: ({ id, state }) => say({
    esm_class: 4, source_addr: '821012345678', short_message: `id:${id} sub:001 dlvrd:001 stat:${state} err:000 text:`,
  }),
  refuse: ({ status }) => { refuse = status },
  cut: ({ on }) => { cut = on },
}
createInterface({ input: process.stdin })
  .on('line', (line) => { const { does: name, ...more } = JSON.parse(line); does[name](more); tell('done', { name }) })
  .on('close', () => process.exit(0))
