using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>What the message types of a protocol that users wrote must be to travel as lines of JSON.</summary>
public static class OwnMessages
{
    /// <summary>What is wrong with them, in words that name the type; null when they can travel.</summary>
    public static string? WhyNot(IReadOnlyList<Type> types)
    {
        var known = MessageTypes.OfProtocol.Names.ToHashSet();
        foreach (var type in types)
        {
            if (!type.IsSubclassOf(typeof(Message)) || !type.IsSealed || type.ContainsGenericParameters)
                return $"{type.Name} is no message; write it as a sealed record that derives from Message";
            if (!known.Add(WireName.Of(type.Name)))
                return $"{type.Name} is {WireName.Of(type.Name)} on the wire, and another message has that name";
            if (WhyNotJson(type) is { } why) return $"{type.Name} cannot be written as JSON: {why}";
        }

        return null;
    }

    private static string? WhyNotJson(Type type)
    {
        try
        {
            // The first "type" is the name that the codec itself adds.
            var fields = WireJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name).Skip(1);
            var taken = fields.FirstOrDefault(name => name is WireJson.TypeField or WireJson.HopsField);
            return taken is null ? null : $"the field \"{taken}\" belongs to the line itself";
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
        {
            return error.Message;
        }
    }
}
