// A whole Bluesky on this machine: one line of JSON when it stands, gone when its input is closed.
// Needs DB_POSTGRES_URL, REDIS_HOST and the package @atproto/dev-env 0.3.215.
import devEnv from '@atproto/dev-env'

const told = console.log
console.log = console.error // its own chatter must not come before that line
const network = await devEnv.TestNetwork.create({ dbPostgresSchema: 'seoul_listens' })
told(JSON.stringify({ pds: network.pds.url }))
process.stdin.resume().on('end', async () => {
  await network.close()
  process.exit(0)
})
