export const showImages = () => {};
