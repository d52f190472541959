# Files that the program carries in itself: SQL, the schema, Lua, packages, and
# the web application where it is built. Included by CMakeLists.txt it gives
# weft_embed(); run as a script by the build (cmake -P) it writes the C arrays
# that base/embed.c and cli/web.c include.
#
# SPDX-License-Identifier: Apache-2.0

# weft_embed(TARGET GLOB...): makes embedded.inc from the files that match and
# lets TARGET include it. A glob that ends in "/*" takes the whole tree below.
# Of a file that is there compressed as well (FILE.gz) only that is taken.
function(weft_embed target)
  set(files)
  foreach(glob IN LISTS ARGN)
    set(mode GLOB)
    if(glob MATCHES "/\\*$")
      set(mode GLOB_RECURSE)
    endif()
    file(${mode} found RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
         ${CMAKE_SOURCE_DIR}/${glob})
    list(APPEND files ${found})
  endforeach()
  list(SORT files)
  foreach(file IN LISTS files)
    if("${file}.gz" IN_LIST files)
      list(REMOVE_ITEM files ${file})
    endif()
  endforeach()

  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE places)
  set(dir ${CMAKE_BINARY_DIR}/embedded/${target})
  file(CONFIGURE OUTPUT ${dir}/files.txt CONTENT "${files}")
  add_custom_command(
    OUTPUT ${dir}/embedded.inc
    COMMAND ${CMAKE_COMMAND} -DLIST=${dir}/files.txt
            -DOUT=${dir}/embedded.inc -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${places} ${dir}/files.txt ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Embedding the files of ${target}"
    VERBATIM)
  target_sources(${target} PRIVATE ${dir}/embedded.inc)
  target_include_directories(${target} PRIVATE ${dir})
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  return()
endif()

file(READ ${LIST} files)
set(arrays "")
set(rows "")
set(n 0)
foreach(file IN LISTS files)
  file(READ ${file} hex HEX)
  file(SIZE ${file} size)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "^(schemas|build/web|tests/nodes)/" "" name ${file})
  # The zero at the end is not counted: texts can be used as C strings.
  string(APPEND arrays
         "static const unsigned char file_${n}[] = {\n${bytes}0x00 };\n")
  string(APPEND rows "    { \"${name}\", file_${n}, ${size} },\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "/* Made by cmake/embed.cmake. */\n${arrays}\n"
     "static const struct wf_embedded files[] = {\n${rows}"
     "    { NULL, NULL, 0 },\n};\n")
