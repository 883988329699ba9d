// The component kit after デジタル庁デザインシステム: include this one for everything that pages are made of.
#pragma once
#include "html/content.hpp"   // IWYU pragma: export
#include "html/controls.hpp"  // IWYU pragma: export
#include "html/html.hpp"      // IWYU pragma: export
#include "html/page.hpp"      // IWYU pragma: export
