#include "paper/pdf_canvas.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#if defined(__SANITIZE_ADDRESS__)
// fontconfig keeps what it read of the system's fonts until the process ends; that is no leak of ours.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }  // NOLINT: the name is the sanitizer's
#endif

namespace kasane::paper {

namespace {

// Points: 72 to the inch. A4.
constexpr double kWidth = 595.28;
constexpr double kHeight = 841.89;
constexpr double kMargin = 51;
constexpr double kTop = 78;
constexpr double kBottom = kHeight - 66;
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kPad = 4;
constexpr double kLabel = 120;  // width of the labels of facts
constexpr double kPerMillimetre = 72.0 / 25.4;
constexpr double kBarOfWords = 66;  // every bar of its kind is as long as the others

constexpr const char* kFonts = "IPAexGothic, Noto Sans CJK JP, IPAGothic, sans-serif";

struct Free {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(PangoAttrList* p) const { pango_attr_list_unref(p); }
  void operator()(PangoLayoutIter* p) const { pango_layout_iter_free(p); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;
using Cairo = std::unique_ptr<cairo_t, Free>;
using Layout = std::unique_ptr<PangoLayout, Free>;
using Font = std::unique_ptr<PangoFontDescription, Free>;
using Attributes = std::unique_ptr<PangoAttrList, Free>;
using LineIter = std::unique_ptr<PangoLayoutIter, Free>;

struct Style {
  double size;
  bool bold = false;
  double grey = 0;
};
constexpr Style kBody{10.5};
constexpr Style kRemark{8.5, false, 0.35};
constexpr Style kHead{9.5, true};
constexpr Style kSmall{8, false, 0.25};
constexpr Style kHeadings[] = {{16, true}, {13, true}, {11, true}};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// A bar is a shape within the line: pango keeps its place, and no sign is written there.
void draw_bar(cairo_t* cairo, PangoAttrShape* shape, gboolean, gpointer) {
  double x = 0, y = 0;
  cairo_get_current_point(cairo, &x, &y);
  const double scale = PANGO_SCALE;
  cairo_save(cairo);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  cairo_rectangle(cairo, x + 1, y + shape->logical_rect.y / scale, shape->logical_rect.width / scale - 2, shape->logical_rect.height / scale);
  cairo_fill(cairo);
  cairo_restore(cairo);
}

class Canvas {
 public:
  Canvas(const PageMarks& marks, int of_pages) : marks_(marks), of_pages_(of_pages) {
    surface_.reset(cairo_pdf_surface_create_for_stream(append, &bytes_, kWidth, kHeight));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, marks.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATOR, "かさね");
    cairo_.reset(cairo_create(surface_.get()));
    open_page();
  }

  Drawn done() {
    close_page();
    cairo_.reset();
    cairo_surface_finish(surface_.get());
    if (const cairo_status_t status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(std::string("the paper could not be drawn: ") + cairo_status_to_string(status));
    surface_.reset();
    return {std::move(bytes_), page_};
  }

  void operator()(const Document::Heading& h) {
    const Style& style = kHeadings[h.level - 1];
    if (y_ > kTop) y_ += h.level == 1 ? 6 : 10;
    const Layout layout = make(h.text, style, kInner);
    room_for(height_of(layout) + 30);  // never alone at the foot of a page
    const char* tags[] = {"H1", "H2", "H3"};
    paint(layout, style, kMargin, tags[h.level - 1]);
    y_ += 4;
  }
  void operator()(const Document::Paragraph& p) {
    const Style& style = p.remark ? kRemark : kBody;
    flow(make(p.text, style, kInner), style, kMargin);
    y_ += 5;
  }
  void operator()(const Document::Facts& f) {
    for (const auto& [label, value] : f.rows) {
      const Layout left = make(label, kHead, kLabel - kPad);
      const Layout right = make(value, kBody, kInner - kLabel);
      room_for(std::min(std::max(height_of(left), height_of(right)), 60.0));
      const double top = y_;
      const int page = page_;
      paint(left, kHead, kMargin, "P");
      const double under_label = y_;
      y_ = top;
      flow(right, kBody, kMargin + kLabel);
      if (page == page_) y_ = std::max(y_, under_label);
      y_ += 3;
    }
    y_ += 4;
  }
  void operator()(const Document::Table& t) {
    const auto widths = widths_of(t.columns);
    head(t, widths);
    for (const auto& cells : t.rows) row(t, cells, widths);
    y_ += 8;
  }
  void operator()(const Document::Code& c) {
    const double edge = c.edge * kPerMillimetre;
    room_for(edge);
    const double square = edge / (c.code.size + 2 * kQuietSquares);
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    for (int r = 0; r < c.code.size; ++r)
      for (int k = 0; k < c.code.size; ++k)
        if (c.code.at(r, k)) cairo_rectangle(cairo_.get(), kMargin + (k + kQuietSquares) * square, y_ + (r + kQuietSquares) * square, square, square);
    cairo_fill(cairo_.get());
    y_ += edge + 4;
  }
  void operator()(const Document::Break&) { turn(); }

 private:
  Layout make(const Text& text, const Style& style, double width) const {
    Layout layout(pango_cairo_create_layout(cairo_.get()));
    PangoContext* context = pango_layout_get_context(layout.get());
    pango_context_set_language(context, pango_language_from_string("ja"));
    pango_cairo_context_set_shape_renderer(context, draw_bar, nullptr, nullptr);
    const Font font(pango_font_description_from_string(kFonts));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), 1.35F);
    put(layout.get(), text, style, width);
    return layout;
  }

  static void put(PangoLayout* layout, const Text& text, const Style& style, double width) {
    std::string plain;
    const Attributes attributes(pango_attr_list_new());
    for (const Text::Run& run : text.runs()) {
      if (const auto* words = std::get_if<std::string>(&run)) {
        plain += *words;
        continue;
      }
      const bool whole = std::get<Bar>(run) == Bar::whole;
      const auto unit = [](double points) { return static_cast<int>(points * PANGO_SCALE); };
      const PangoRectangle box{0, unit(-style.size * 0.85), unit(whole ? width : std::min(kBarOfWords, width)), unit(style.size)};
      PangoAttribute* shape = pango_attr_shape_new(&box, &box);
      shape->start_index = static_cast<guint>(plain.size());
      plain += "\xEF\xBF\xBC";  // the sign for "something that is no text stands here"; it is not written
      shape->end_index = static_cast<guint>(plain.size());
      pango_attr_list_insert(attributes.get(), shape);
    }
    pango_layout_set_text(layout, plain.c_str(), static_cast<int>(plain.size()));
    pango_layout_set_attributes(layout, attributes.get());
  }

  static double height_of(const Layout& layout) {
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  /// The whole layout at (x, y_), as one part of the document's structure.
  void paint(const Layout& layout, const Style& style, double x, const char* tag) {
    cairo_tag_begin(cairo_.get(), tag, nullptr);
    cairo_set_source_rgb(cairo_.get(), style.grey, style.grey, style.grey);
    cairo_move_to(cairo_.get(), x, y_);
    pango_cairo_show_layout(cairo_.get(), layout.get());
    cairo_tag_end(cairo_.get(), tag);
    y_ += height_of(layout);
  }

  /// Line by line, over as many pages as it takes.
  void flow(const Layout& layout, const Style& style, double x) {
    const LineIter lines(pango_layout_get_iter(layout.get()));
    bool open = false;
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(lines.get(), nullptr, &box);
      const double height = static_cast<double>(box.height) / PANGO_SCALE;
      if (y_ + height > kBottom) {
        if (open) cairo_tag_end(cairo_.get(), "P");
        open = false;
        turn();
      }
      if (!open) cairo_tag_begin(cairo_.get(), "P", nullptr);
      open = true;
      const double baseline = static_cast<double>(pango_layout_iter_get_baseline(lines.get()) - box.y) / PANGO_SCALE;
      cairo_set_source_rgb(cairo_.get(), style.grey, style.grey, style.grey);
      cairo_move_to(cairo_.get(), x, y_ + baseline);
      pango_cairo_show_layout_line(cairo_.get(), pango_layout_iter_get_line_readonly(lines.get()));
      y_ += height;
    } while (pango_layout_iter_next_line(lines.get()));
    if (open) cairo_tag_end(cairo_.get(), "P");
  }

  static std::vector<double> widths_of(const std::vector<Column>& columns) {
    double all = 0;
    for (const Column& c : columns) all += c.share;
    std::vector<double> widths;
    for (const Column& c : columns) widths.push_back(kInner * c.share / all);
    return widths;
  }

  void head(const Document::Table& t, const std::vector<double>& widths) {
    std::vector<Layout> cells;
    double height = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      cells.push_back(make(t.columns[i].label, kHead, widths[i] - 2 * kPad));
      height = std::max(height, height_of(cells.back()));
    }
    room_for(height + 40);
    cairo_set_source_rgb(cairo_.get(), 0.92, 0.92, 0.92);
    cairo_rectangle(cairo_.get(), kMargin, y_, kInner, height + 2 * kPad);
    cairo_fill(cairo_.get());
    cells_of(cells, widths, height, kHead);
  }

  void row(const Document::Table& t, const std::vector<Text>& texts, const std::vector<double>& widths) {
    std::vector<Layout> cells;
    double height = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      cells.push_back(make(texts[i], kBody, widths[i] - 2 * kPad));
      height = std::max(height, height_of(cells.back()));
    }
    if (height > kBottom - kTop - 60) {
      long_row(t, texts);
      return;
    }
    if (y_ + height + 2 * kPad > kBottom) {
      turn();
      head(t, widths);
    }
    cells_of(cells, widths, height, kBody);
  }

  /// A row higher than a page: its cells one below another, each under the name of its column.
  void long_row(const Document::Table& t, const std::vector<Text>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].empty()) continue;
      const Layout label = make(t.columns[i].label, kHead, kInner - 2 * kPad);
      room_for(height_of(label) + 20);
      paint(label, kHead, kMargin + kPad, "P");
      flow(make(texts[i], kBody, kInner - 2 * kPad), kBody, kMargin + kPad);
    }
    rule();
    y_ += kPad;
  }

  void cells_of(const std::vector<Layout>& cells, const std::vector<double>& widths, double height, const Style& style) {
    const double top = y_;
    rule();
    double x = kMargin;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      y_ = top + kPad;
      paint(cells[i], style, x + kPad, "P");
      x += widths[i];
    }
    y_ = top + height + 2 * kPad;
    rule();
  }

  void rule() {
    cairo_set_source_rgb(cairo_.get(), 0.6, 0.6, 0.6);
    cairo_set_line_width(cairo_.get(), 0.5);
    cairo_move_to(cairo_.get(), kMargin, y_);
    cairo_line_to(cairo_.get(), kMargin + kInner, y_);
    cairo_stroke(cairo_.get());
  }

  void room_for(double height) {
    if (y_ + height > kBottom && y_ > kTop) turn();
  }
  void turn() {
    close_page();
    open_page();
  }

  void open_page() {
    ++page_;
    y_ = 36;
    std::string left = marks_.title;
    if (!marks_.number.empty()) left += "　" + marks_.number;
    paint(make(left, kSmall, kInner), kSmall, kMargin, "P");
    std::string line;
    for (const std::string* part : {&marks_.reader, &marks_.at, &marks_.ground})
      if (!part->empty()) line += (line.empty() ? "" : "　") + *part;
    if (!line.empty()) paint(make(line, kSmall, kInner), kSmall, kMargin, "P");
    y_ = std::max(y_ + 3, kTop - 10);
    rule();
    y_ = std::max(y_ + 8, kTop);
  }

  void close_page() {
    y_ = kBottom + 12;
    rule();
    y_ += 4;
    std::string foot = std::to_string(page_) + (of_pages_ > 0 ? " / " + std::to_string(of_pages_) : "") + "ページ";
    if (!marks_.notice.empty()) foot += "　" + marks_.notice;
    paint(make(foot, kSmall, kInner), kSmall, kMargin, "P");
    cairo_show_page(cairo_.get());
  }

  const PageMarks& marks_;
  int of_pages_;
  std::string bytes_;  // before the surface, which writes into it until it is gone
  Surface surface_;
  Cairo cairo_;
  double y_ = 0;
  int page_ = 0;
};

}  // namespace

Drawn draw(const Document& document, int of_pages) {
  Canvas canvas(document.marks(), of_pages);
  for (const Document::Block& block : document.blocks()) std::visit(canvas, block);
  return canvas.done();
}

bool has_japanese_font() {
  const Font wanted(pango_font_description_from_string(kFonts));
  const PangoFontMap* map = pango_cairo_font_map_get_default();
  const std::unique_ptr<PangoContext, void (*)(void*)> context(pango_font_map_create_context(const_cast<PangoFontMap*>(map)), g_object_unref);
  PangoLayout* raw = pango_layout_new(context.get());
  const Layout layout(raw);
  pango_layout_set_font_description(raw, wanted.get());
  pango_layout_set_text(raw, "支援あア", -1);
  return pango_layout_get_unknown_glyphs_count(raw) == 0;
}

}  // namespace kasane::paper
