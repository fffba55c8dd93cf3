import { text } from './table'

export const steps = {
  stepsLabel: text('办理步骤：第 {n} 步，共 {all} 步', '辦理步驟：第 {n} 步，共 {all} 步', 'Steps: {n} of {all}'),
  step_identity: text('身份信息', '身份資料', 'Identity'),
  step_face: text('人脸', '人臉', 'Face'),
  step_bank_card: text('银行卡', '銀行卡', 'Bank card'),
  step_document: text('证件', '證件', 'Document'),
  step_four_elements: text('有效期', '有效期', 'Validity'),
  step_todos: text('待办', '待辦', 'To-dos'),
  step_detail: text('业务详情', '業務詳情', 'Details'),
  step_sign: text('签名', '簽名', 'Signature'),
  step_finish: text('完成', '完成', 'Finish'),
  needsTitle: text('办理前请准备', '辦理前請準備', 'Before you begin'),
  needDocument: text('本人有效身份证件', '本人有效身份證件', 'Your own valid identity document'),
  needCamera: text(
    '可以拍摄的手机，由本人操作',
    '可以拍攝的手機，由本人操作',
    'A phone with a camera, used by yourself',
  ),
  needCard: text(
    '本人银行卡（仅居民身份证需要）',
    '本人銀行卡（僅居民身份證需要）',
    'A bank card of your own (with a resident identity card only)',
  ),
  needSignature: text(
    '签名时用手指、笔或鼠标书写',
    '簽名時用手指、筆或滑鼠書寫',
    'A finger, a pen or a mouse to sign by hand',
  ),
  needTime: text('大约需要 3 分钟', '大約需要 3 分鐘', 'About 3 minutes'),
  needNoMoney: text('不收取任何费用', '不收取任何費用', 'Nothing is charged'),
  tipLight: text('光线从正面照来', '光線從正面照來', 'Light from the front'),
  tipBare: text('不戴口罩，眼镜不反光', '不戴口罩，眼鏡不反光', 'No mask, no glare on glasses'),
  tipFrame: text('正对镜头，脸在框内', '正對鏡頭，臉在框內', 'Face the camera, inside the frame'),
} as const
