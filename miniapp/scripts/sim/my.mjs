// A stub of Alipay's API, with the sandbox behind it. As Alipay does, it calls every status but 2xx a failure.
import { bare } from './bare.mjs'
import { end, later, newDevice, pictures } from './device.mjs'
import { decode, form, lenient, relay, selectorQuery } from './sandbox.mjs'

const system = {
  platform: 'iOS',
  system: '17.0',
  language: 'zh-Hans',
  SDKVersion: '2.9.0',
  windowWidth: 375,
  pixelRatio: 2,
}
const networkLost = 12
const httpError = 19
const declined = 11

/** `says` is what the phone tells of itself: all that it can, or nothing. */
export function my(openId, says = 'all', device = newDevice()) {
  const { kept } = device
  return lenient({
    request({ url, method, headers, data, dataType, success, fail }) {
      if (!device.online) return later(fail, { error: networkLost })
      device.sent.push({ method, url, data, headers })
      relay(url, method, headers, data).then(
        ({ status, headers: got, bytes }) => {
          const reply = {
            status,
            headers: got,
            data: dataType === 'arraybuffer' && status < 300 ? bytes : decode(bytes),
          }
          if (status < 300) success(reply)
          else fail({ ...reply, error: httpError })
        },
        () => fail({ error: networkLost }),
      )
      return {}
    },
    getAuthCode({ scopes, success, fail }) {
      if (!device.online || !device.signsIn) return later(fail, { error: networkLost })
      if (scopes[0] === 'auth_user' && !device.givesIdentity) return later(fail, { error: declined })
      return form('/sandbox/code', { open_id: openId, scope: scopes[0] }).then(
        ({ auth_code }) => success({ authCode: auth_code }),
        fail,
      )
    },
    startAPVerify({ certifyId, url }, callback) {
      const action = device.faces.shift() ?? 'pass'
      const told = fetch(url).then(() =>
        form('/sandbox/face', {
          certify_id: certifyId,
          open_id: openId,
          action: action === 'closes' ? 'pass' : action,
        }),
      )
      if (action === 'closes') return // the app is closed before it is told
      told.then(callback, () => callback({ resultStatus: '6002', result: null }))
    },
    setClipboard({ text, ...options }) {
      if (device.copies) device.clipboard.push(text)
      end(options, device.copies, { error: 4 })
    },
    ...pictures(device, { error: 2001 }),
    env: { USER_DATA_PATH: 'https://usr' },
    onNetworkStatusChange: (listener) => device.listeners.add(listener),
    offNetworkStatusChange: (listener) => device.listeners.delete(listener),
    getStorageSync: ({ key }) => ({ data: kept.get(key) ?? null }),
    setStorageSync: ({ key, data }) => kept.set(key, data),
    removeStorageSync: ({ key }) => kept.delete(key),
    getSystemInfoSync: () => ({
      ...system,
      language: device.language ?? system.language,
      system: device.system ?? system.system,
    }),
    canIUse: () => true,
    nextTick: (work) => setTimeout(work, 0),
    getLaunchOptionsSync: () => ({ path: 'pages/screen/index', query: {} }),
    createSelectorQuery: selectorQuery,
    ...(says === 'nothing' ? bare : {}),
    ...device.api,
  })
}
