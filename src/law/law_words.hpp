#pragma once
// Names of enumerations, as data write them and products print them.

#include "abatis/law/law_data.hpp"
#include "table_reader.hpp"

namespace abatis {

inline constexpr Choice<DeviceClass> kDeviceNames[] = {
    {"none", DeviceClass::none},
    {"anti_vehicle_mine", DeviceClass::anti_vehicle_mine},
    {"anti_personnel_mine", DeviceClass::anti_personnel_mine},
    {"booby_trap", DeviceClass::booby_trap},
    {"other_device", DeviceClass::other_device},
    {"cluster_munition", DeviceClass::cluster_munition},
    {"demolition_prepared", DeviceClass::demolition_prepared}};

inline constexpr Choice<ActKind> kActNames[] = {
    {"signature", ActKind::signature}, {"ratification", ActKind::ratification},
    {"accession", ActKind::accession}, {"acceptance", ActKind::acceptance},
    {"consent", ActKind::consent},     {"withdrawal_notice", ActKind::withdrawal_notice}};

}  // namespace abatis
