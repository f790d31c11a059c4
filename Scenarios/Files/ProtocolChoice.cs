using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GossipSim.Scenarios.Protocols;

namespace GossipSim.Scenarios.Files;

/// <summary>Which protocol that users wrote the nodes run, instead of the program's seed nodes and peers.</summary>
internal sealed record ProtocolChoice
{
    [Description("The name that the protocol's class gives itself.")]
    [MaxLength(64)]
    public required string Name { get; init; }

    [Description("The built .NET assembly that holds the class, seen from this file. Default: the program itself.")]
    public string? Assembly { get; init; }

    [Description("The protocol's own settings, as its record of them says.")]
    public JsonObject Parameters { get; init; } = [];

    /// <summary>The class and its settings; set once the file is checked.</summary>
    [JsonIgnore]
    public ChosenProtocol? Chosen { get; init; }
}
