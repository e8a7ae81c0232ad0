using TrustCenter.Journal;

namespace TrustCenter.Pages;

/// <summary>What is signed at this moment; the checkpoint is null in the first second of a vendor.</summary>
public sealed record CheckModel(Frame Frame, Checkpoint? Checkpoint, string Jws, PublicJwk Key);
