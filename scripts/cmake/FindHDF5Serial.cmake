# The serial HDF5, by name: where the MPI flavour is installed too, plain "hdf5" means that one.
# Gives HDF5Serial::HDF5 (with the high level library, for dimension scales).
find_package(PkgConfig REQUIRED)
pkg_check_modules(HDF5Serial_PC QUIET IMPORTED_TARGET hdf5-serial)
find_library(
    HDF5Serial_HL_LIBRARY
    NAMES hdf5_hl hdf5_serial_hl
    HINTS ${HDF5Serial_PC_LIBRARY_DIRS} ${HDF5Serial_PC_LIBDIR})
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    HDF5Serial REQUIRED_VARS HDF5Serial_HL_LIBRARY HDF5Serial_PC_FOUND VERSION_VAR HDF5Serial_PC_VERSION)
if(HDF5Serial_FOUND AND NOT TARGET HDF5Serial::HDF5)
    add_library(HDF5Serial::HDF5 INTERFACE IMPORTED)
    set_target_properties(HDF5Serial::HDF5 PROPERTIES INTERFACE_LINK_LIBRARIES
                                                      "${HDF5Serial_HL_LIBRARY};PkgConfig::HDF5Serial_PC")
endif()
mark_as_advanced(HDF5Serial_HL_LIBRARY)
