import { text } from './table'

export const steps = {
  stepsLabel: text('办理步骤：第 {n} 步，共 {all} 步', '辦理步驟：第 {n} 步，共 {all} 步', 'Steps: {n} of {all}'),
  step_identity: text('身份信息', '身份資料', 'Your details'),
  step_face: text('人脸', '人臉', 'Face'),
  step_bank_card: text('银行卡', '銀行卡', 'Bank card'),
  step_document: text('证件', '證件', 'Document'),
  step_four_elements: text('有效期', '有效期', 'Validity'),
  step_todos: text('待办', '待辦', 'To-dos'),
  step_detail: text('业务详情', '業務詳情', 'Details'),
  step_sign: text('签名', '簽名', 'Signature'),
  step_finish: text('完成', '完成', 'Finish'),
} as const
