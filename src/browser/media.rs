//! Pictures, drawings and codes, by the browser's own means: photographs are drawn anew, so that nothing of the file but what
//! is seen goes on. Bound by hand, as in `dom`: each feature of `web_sys` more is a build of everything.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
pub use web_sys::{Blob, Element, File, Node};

use super::dom;
use super::file::bytes_of;

/// JPEG, of this quality: what phones show as a good photograph, at a tenth of what their cameras write.
const QUALITY: f64 = 0.8;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(of: &Blob) -> Result<Promise, JsValue>;

    /// A picture, decoded and turned as it was taken.
    #[wasm_bindgen(js_name = ImageBitmap)]
    type Picture;
    #[wasm_bindgen(method, structural, getter)]
    fn width(this: &Picture) -> f64;
    #[wasm_bindgen(method, structural, getter)]
    fn height(this: &Picture) -> f64;

    /// A canvas.
    #[derive(Debug, Clone)]
    type Canvas;
    #[wasm_bindgen(method, structural, setter)]
    fn set_width(this: &Canvas, width: f64);
    #[wasm_bindgen(method, structural, setter)]
    fn set_height(this: &Canvas, height: f64);
    #[wasm_bindgen(method, structural, getter, js_name = width)]
    fn canvas_width(this: &Canvas) -> f64;
    #[wasm_bindgen(method, structural, getter, js_name = height)]
    fn canvas_height(this: &Canvas) -> f64;
    #[wasm_bindgen(method, structural, getter, js_name = clientWidth)]
    fn client_width(this: &Canvas) -> f64;
    #[wasm_bindgen(method, js_name = getContext)]
    fn context(this: &Canvas, kind: &str) -> Option<Drawing>;
    #[wasm_bindgen(method, js_name = toBlob)]
    fn to_blob(this: &Canvas, done: &js_sys::Function, mime: &str, quality: f64);
    #[wasm_bindgen(catch, method, js_name = setPointerCapture)]
    fn capture(this: &Canvas, pointer: f64) -> Result<(), JsValue>;

    /// What draws on a canvas.
    type Drawing;
    #[wasm_bindgen(method, structural, setter, js_name = fillStyle)]
    fn set_fill(this: &Drawing, colour: &str);
    #[wasm_bindgen(method, structural, setter, js_name = strokeStyle)]
    fn set_stroke(this: &Drawing, colour: &str);
    #[wasm_bindgen(method, structural, setter, js_name = lineWidth)]
    fn set_line_width(this: &Drawing, width: f64);
    #[wasm_bindgen(method, structural, setter, js_name = lineCap)]
    fn set_line_cap(this: &Drawing, cap: &str);
    #[wasm_bindgen(method, structural, setter, js_name = imageSmoothingQuality)]
    fn set_smoothing(this: &Drawing, quality: &str);
    #[wasm_bindgen(method, js_name = fillRect)]
    fn fill(this: &Drawing, x: f64, y: f64, width: f64, height: f64);
    #[wasm_bindgen(method, js_name = drawImage)]
    fn draw(this: &Drawing, picture: &JsValue, x: f64, y: f64, width: f64, height: f64);
    #[wasm_bindgen(method, js_name = beginPath)]
    fn begin(this: &Drawing);
    #[wasm_bindgen(method, js_name = moveTo)]
    fn move_to(this: &Drawing, x: f64, y: f64);
    #[wasm_bindgen(method, js_name = lineTo)]
    fn line_to(this: &Drawing, x: f64, y: f64);
    #[wasm_bindgen(method)]
    fn stroke(this: &Drawing);

    type PointerLike;
    #[wasm_bindgen(method, structural, getter, js_name = offsetX)]
    fn x(this: &PointerLike) -> f64;
    #[wasm_bindgen(method, structural, getter, js_name = offsetY)]
    fn y(this: &PointerLike) -> f64;
    #[wasm_bindgen(method, structural, getter, js_name = pointerId)]
    fn pointer(this: &PointerLike) -> f64;

    #[wasm_bindgen(js_name = BarcodeDetector)]
    type Detector;
    #[wasm_bindgen(catch, constructor, js_class = "BarcodeDetector")]
    fn new() -> Result<Detector, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn detect(this: &Detector, picture: &JsValue) -> Result<Promise, JsValue>;

    type MutationObserver;
    #[wasm_bindgen(constructor)]
    fn new(act: &js_sys::Function) -> MutationObserver;
    #[wasm_bindgen(method)]
    fn observe(this: &MutationObserver, of: &JsValue, options: &Object);
}

/// Does something whenever elements come or go, or one of these attributes changes, anywhere in the page, for as long as it lives.
pub fn on_page_change(attributes: &[&str], mut act: impl FnMut() + 'static) {
    let Some(root) = web_sys::window().and_then(|window| window.document()?.document_element()) else {
        return;
    };
    let callback = Closure::wrap(Box::new(move |_: JsValue| act()) as Box<dyn FnMut(JsValue)>);
    let options = Object::new();
    let filter: Array = attributes.iter().map(|name| JsValue::from_str(name)).collect();
    for (name, value) in
        [("childList", JsValue::TRUE), ("subtree", JsValue::TRUE), ("attributeFilter", filter.into())]
    {
        let _ = Reflect::set(&options, &name.into(), &value);
    }
    MutationObserver::new(callback.as_ref().unchecked_ref()).observe(&root, &options);
    callback.forget();
}

/// The elements of the page that fit a selector.
pub fn all(selector: &str) -> Vec<Element> {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(found) = document.and_then(|document| document.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// The language that the page says it is in.
pub fn page_language() -> String {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// Tells an element of the page something, by an event of this name.
pub fn tell(element: &Element, event: &str) {
    if let Ok(event) = web_sys::Event::new(event) {
        let _ = element.dispatch_event(&event);
    }
}

/// As if somebody clicked on it.
pub fn click(node: &Node) {
    node.unchecked_ref::<web_sys::HtmlElement>().click();
}

/// Gives a field no files, so that the same one can be chosen again.
pub fn empty_field(node: &Node) {
    dom::set_value(node, "");
}

/// A photograph drawn anew, its longest side of so many pixels at most, as JPEG: what else the file held is gone. `None`: it
/// is no picture that this browser reads.
pub async fn redrawn(of: &Blob, longest: f64) -> Option<Vec<u8>> {
    let canvas: Canvas = dom::element("canvas").unchecked_into();
    draw_on(&canvas, of, longest).await?;
    bytes(&canvas, "image/jpeg").await
}

/// Shows a picture on a canvas, its longest side of so many pixels at most. `None`: it is none that this browser reads.
pub async fn show_on(canvas: &Node, of: &Blob, longest: f64) -> Option<()> {
    draw_on(canvas.unchecked_ref(), of, longest).await
}

async fn draw_on(canvas: &Canvas, of: &Blob, longest: f64) -> Option<()> {
    let picture: Picture = decoded(of).await?.unchecked_into();
    let (width, height) = (picture.width(), picture.height());
    let scale = (longest / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    canvas.set_width(width);
    canvas.set_height(height);
    let drawing = canvas.context("2d")?;
    // JPEG has no transparent.
    drawing.set_fill("#fff");
    drawing.fill(0.0, 0.0, width, height);
    drawing.set_smoothing("high");
    drawing.draw(&picture, 0.0, 0.0, width, height);
    Some(())
}

async fn decoded(of: &Blob) -> Option<JsValue> {
    JsFuture::from(create_image_bitmap(of).ok()?).await.ok()
}

async fn bytes(canvas: &Canvas, mime: &str) -> Option<Vec<u8>> {
    let blob =
        JsFuture::from(Promise::new(&mut |done, _| canvas.to_blob(&done, mime, QUALITY))).await.ok()?;
    bytes_of(blob.dyn_ref::<Blob>()?).await.ok()
}

/// Whether this browser reads codes from pictures.
pub fn reads_codes() -> bool {
    Reflect::has(&js_sys::global(), &"BarcodeDetector".into()).unwrap_or_default()
}

/// The code in a picture. `None`: none is seen.
pub async fn code_in(of: &Blob) -> Option<String> {
    let picture = decoded(of).await?;
    let found = JsFuture::from(Detector::new().ok()?.detect(&picture).ok()?).await.ok()?;
    let first = found.dyn_ref::<Array>()?.get(0);
    Reflect::get(&first, &"rawValue".into()).ok()?.as_string().filter(|code| !code.is_empty())
}

/// How a line is drawn on a canvas so large.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 500.0;
const INK: &str = "#111";
const RED: &str = "#c00";

/// A canvas to draw on, with finger, pen or mouse.
#[derive(Debug)]
pub struct Pad {
    canvas: Canvas,
    is_drawn: std::rc::Rc<std::cell::Cell<bool>>,
    _listeners: Vec<dom::Listener>,
}

impl Pad {
    /// Makes a canvas a pad, white; or with a picture to draw over, where there is one. `None`: it is no picture.
    pub async fn on(canvas: &Node, over: Option<(&Blob, f64)>) -> Option<Pad> {
        let canvas: Canvas = canvas.clone().unchecked_into();
        match over {
            Some((picture, longest)) => draw_on(&canvas, picture, longest).await?,
            None => {
                canvas.set_width(WIDTH);
                canvas.set_height(HEIGHT);
            }
        }
        let is_drawn = std::rc::Rc::new(std::cell::Cell::new(false));
        let pad =
            Pad { is_drawn: std::rc::Rc::clone(&is_drawn), _listeners: Vec::new(), canvas: canvas.clone() };
        if over.is_none() {
            pad.clear();
        }
        let drawing = std::rc::Rc::new(canvas.context("2d")?);
        let thick = canvas.canvas_width().max(canvas.canvas_height()) / 200.0;
        drawing.set_stroke(if over.is_some() { RED } else { INK });
        drawing.set_line_width(thick.max(2.0));
        drawing.set_line_cap("round");
        let down = std::rc::Rc::new(std::cell::Cell::new(false));
        let act = move |begins: bool| {
            let (canvas, drawing) = (canvas.clone(), std::rc::Rc::clone(&drawing));
            let (down, is_drawn) = (std::rc::Rc::clone(&down), std::rc::Rc::clone(&is_drawn));
            Box::new(move |event: dom::Event| {
                event.prevent_default();
                let at: &PointerLike = event.unchecked_ref();
                let scale = canvas.canvas_width() / canvas.client_width().max(1.0);
                let (x, y) = (at.x() * scale, at.y() * scale);
                if begins {
                    let _ = canvas.capture(at.pointer());
                    down.set(true);
                    drawing.begin();
                    drawing.move_to(x, y);
                }
                if down.get() {
                    // A tap is a dot.
                    drawing.line_to(x, y);
                    drawing.stroke();
                    is_drawn.set(true);
                }
                if event.type_() == "pointerup" || event.type_() == "pointercancel" {
                    down.set(false);
                }
            }) as Box<dyn FnMut(dom::Event)>
        };
        let listeners =
            [("pointerdown", true), ("pointermove", false), ("pointerup", false), ("pointercancel", false)];
        let node: Node = pad.canvas.clone().unchecked_into();
        let listeners = listeners.map(|(event, begins)| dom::Listener::new(&node, event, act(begins)));
        Some(Pad { _listeners: listeners.into(), ..pad })
    }

    /// White again.
    pub fn clear(&self) {
        if let Some(drawing) = self.canvas.context("2d") {
            drawing.set_fill("#fff");
            drawing.fill(0.0, 0.0, self.canvas.canvas_width(), self.canvas.canvas_height());
        }
        self.is_drawn.set(false);
    }

    /// Whether anything is drawn on it.
    pub fn is_drawn(&self) -> bool {
        self.is_drawn.get()
    }

    /// What is on it, of this type: `image/png`, `image/jpeg`.
    pub async fn bytes(&self, mime: &str) -> Option<Vec<u8>> {
        bytes(&self.canvas, mime).await
    }
}
