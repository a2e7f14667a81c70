import { defineConfig } from "vite";

// The bundle is committed and goes into the wheel: no request leaves the machine at run time.
export default defineConfig({
  base: "/",
  build: { outDir: "../src/quidnunc/web/static", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900, license: { fileName: "assets/licences.md" } },
});
