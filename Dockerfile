# bahith as a container: archive, index and keys stand in the volume /srv/bahith.
#
#   docker build -t bahith .
#   docker run -v news:/srv/bahith bahith crawl https://example.org
#   docker run -v news:/srv/bahith bahith index
#   docker run -v news:/srv/bahith -p 127.0.0.1:8000:8000 bahith
FROM python:3.13-slim AS wheel
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[eval,mcp,opensearch,warc,xlsx]'

FROM python:3.13-slim
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'bahith[eval,mcp,opensearch,warc,xlsx]' \
    && useradd --system --create-home --home-dir /srv/bahith bahith
USER bahith
WORKDIR /srv/bahith
VOLUME /srv/bahith
ENV BAHITH_ARCHIVE=/srv/bahith/articles.db \
    BAHITH_INDEX=whoosh:/srv/bahith/index
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz')"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["bahith"]
CMD ["serve", "--host", "0.0.0.0"]
