namespace TrustCenter.Pages;

/// <param name="Answer">Null when nothing was asked.</param>
public sealed record SearchModel(Frame Frame, SearchQuestion Question, SearchAnswer? Answer, DateOnly Today);
