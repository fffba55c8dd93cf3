// What a screen reader is told. Taro leaves these attributes out of the templates of the mini-programs, and whatever a view says of
// its role or label is then dropped; src/base/mini/aria.ts tells the runtime of the same attributes, in the same order.
const attributes = require('../src/base/mini/aria.json')

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      const own = attributes[platform.platform]
      platform.template.mergeComponents(ctx, { View: { ...own }, Image: { ...own }, Input: { ...own } })
    },
  })
}
