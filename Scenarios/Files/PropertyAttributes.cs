using System.Reflection;

namespace GossipSim.Scenarios.Files;

/// <summary>Reads the attributes that a scenario property carries, as the JSON contract hands them on.</summary>
internal static class PropertyAttributes
{
    public static T? Find<T>(this ICustomAttributeProvider? attributes)
        where T : Attribute => attributes?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
