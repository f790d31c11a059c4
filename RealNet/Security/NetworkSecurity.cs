namespace GossipSim.RealNet.Security;

/// <summary>How the nodes of a network are secured, and with what keys.</summary>
/// <param name="Keys">Belong to whoever made them, and outlive the network.</param>
public sealed record NetworkSecurity(
    SecurityMode Mode, ClusterKeys Keys, PeerLinkSecurity PeerLinks = PeerLinkSecurity.Tls);
