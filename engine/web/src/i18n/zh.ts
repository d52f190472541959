const twins: Record<string, string> = {};
export default twins;
