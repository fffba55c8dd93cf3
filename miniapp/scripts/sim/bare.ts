// A phone that tells nothing of itself and keeps nothing: what a platform may leave out is left out, and storage throws.
const closed = () => {
  throw new Error('storage is not available')
}

export const bare = {
  getSystemInfoSync: () => ({ platform: null, system: null, language: null, pixelRatio: null }),
  getStorageSync: closed,
  setStorageSync: closed,
  removeStorageSync: closed,
  env: undefined,
}
