# SPDX-License-Identifier: GPL-2.0-or-later
# schema/fcgi-*.sql as a C array, so that the program prints and runs the very files that are installed.
file(GLOB own_schema_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/schema/fcgi-*.sql)
set(own_schema_rows "")
set(own_schema_arrays "")
set(own_schema_number 0)
foreach(path ${own_schema_files})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  get_filename_component(name ${path} NAME)
  file(READ ${path} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND own_schema_arrays "static const char file_${own_schema_number}[] = {${bytes}0};\n")
  string(APPEND own_schema_rows "    {\"${name}\", file_${own_schema_number}},\n")
  math(EXPR own_schema_number "${own_schema_number} + 1")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/own_schema_texts.c @ONLY CONTENT
"// Made from schema/fcgi-*.sql.
#include \"store/own_schema_texts.h\"

@own_schema_arrays@
const struct own_schema_text own_schema_texts[] = {
@own_schema_rows@};
const size_t own_schema_text_count = @own_schema_number@;
")
