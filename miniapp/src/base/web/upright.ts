import { useSyncExternalStore } from 'react'

/** Reports whether the screen is higher than wide, and follows when it is turned. */
export function useUpright(): boolean {
  return useSyncExternalStore(subscribe, isUpright)
}

function isUpright(): boolean {
  return window.innerHeight > window.innerWidth
}

function subscribe(turned: () => void): () => void {
  window.addEventListener('resize', turned)
  return () => window.removeEventListener('resize', turned)
}
