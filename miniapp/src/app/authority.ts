import { api } from './client'
import { getState, setState } from './store'

/** Loads the name, color and logo of the authority. Without them the screens have a neutral title and the client's own color. */
export async function loadAuthority(): Promise<void> {
  const { language } = getState()
  try {
    const { data } = await api.authority()
    if (getState().language === language) setState({ authority: data })
  } catch {
    // The next page that is shown tries again.
  }
}
