# Builds from the source tree: docker build -t regaudit .
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
RUN npm run build --silent

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /work
COPY --from=build /build/package.json /app/package.json
COPY --from=build /build/bin /app/bin
COPY --from=build /build/dist /app/dist
USER 65532
ENTRYPOINT ["/nodejs/bin/node", "/app/bin/regaudit.js"]
CMD ["--help"]
