using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GossipSim.RealNet.Security;

namespace GossipSim.Scenarios.Files;

/// <summary>How nodes prove to each other who they are.</summary>
internal sealed record SecuritySettings
{
    [Description("On TCP: none (loopback addresses only), sharedKey (a code on every line, readable by all) or"
        + " mutualTls (TLS 1.3, both ends with certificates).")]
    public SecurityMode Mode { get; init; } = SecurityMode.None;

    [Description("With mutualTls, what is dialed to a peer: tls as what is dialed to a seed node, or mac, the codes of"
        + " sharedKey.")]
    public PeerLinkSecurity PeerLinks { get; init; } = PeerLinkSecurity.Tls;

    [Description("The folder that \"gossipsim keys create\" made. Default: keys that are made for the run and die with"
        + " it.")]
    [MaxLength(4096)]
    public string? Keys { get; init; }

    [JsonIgnore]
    public bool PeersTakeTls => Mode == SecurityMode.MutualTls && PeerLinks == PeerLinkSecurity.Tls;
}
