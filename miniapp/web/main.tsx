import '../src/theme/index'
import '../src/theme/wide.css'
import { createRoot } from 'react-dom/client'
import { isGoingBack } from '../src/platform/web/leave'
import { PageStack } from './page-stack'

const goBackTimeout = 3000 // milliseconds; after that, a browser that did not go back shows the client here

const root = document.getElementById('app')
const show = () => root && createRoot(root).render(<PageStack />)
if (isGoingBack) setTimeout(show, goBackTimeout)
else show()

// The browser restored this page from its cache, so its state is old: load it again from the server.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
