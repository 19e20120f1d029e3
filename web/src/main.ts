import {Map as MapLibre, setWorkerUrl} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerSource from 'virtual:maplibre-worker-source';
setWorkerUrl(URL.createObjectURL(new Blob([workerSource], {type: 'text/javascript'})));
console.log(MapLibre);
