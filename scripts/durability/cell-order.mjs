export const showOrder = () => {};
